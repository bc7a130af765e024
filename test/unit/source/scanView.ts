import type { HeaderScan, LocatedList, LocatedText, TextRange } from "../../../src/source/header";

/** A scan for people: each range as the text that it covers, each literal as `value <- text`. */
export function viewScan(text: string, scan: HeaderScan): unknown {
  const at = (range: TextRange | undefined) =>
    range === undefined ? undefined : text.slice(range.start, range.end);
  const literal = (found: LocatedText | undefined) =>
    found === undefined ? undefined : `${found.value} <- ${at(found.range)}`;
  const list = (found: LocatedList | undefined) =>
    found === undefined ? undefined : { at: at(found.range), values: found.values.map(literal) };
  if (scan.kind === "not-a-revision") {
    return { kind: scan.kind };
  }
  if (scan.kind === "ambiguous") {
    return { kind: scan.kind, reason: scan.reason, at: at(scan.range), start: scan.range.start };
  }
  const { header } = scan;
  return {
    kind: scan.kind,
    ...header,
    revision: literal(header.revision),
    downRevision: list(header.downRevision),
    branchLabels: list(header.branchLabels),
    dependsOn: list(header.dependsOn),
    documentedIds: {
      revision: literal(header.documentedIds.revision),
      downRevision: list(header.documentedIds.downRevision),
    },
    upgrade: at(header.upgrade),
    downgrade: at(header.downgrade),
  };
}
