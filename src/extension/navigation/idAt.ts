import type { LocatedText, RevisionHeader, TextRange } from "../../source/header";

/** A revision id in a file, and what it is there. */
export interface IdAt {
  readonly id: string;
  readonly range: TextRange;
  readonly role: "own" | "parent" | "dependency";
}

/** All ids in a header, comments included. */
export function idsOf(header: RevisionHeader): readonly IdAt[] {
  const all = (role: IdAt["role"], texts: readonly LocatedText[] | undefined): readonly IdAt[] =>
    (texts ?? []).map(({ value, range }) => ({ id: value, range, role }));
  const { documentedIds } = header;
  return [
    ...all("own", [header.revision]),
    ...all("parent", header.downRevision.values),
    ...all("dependency", header.dependsOn?.values),
    ...all("own", documentedIds.revision === undefined ? [] : [documentedIds.revision]),
    ...all("parent", documentedIds.downRevision?.values),
  ];
}

/** The id at an offset, its ends included. */
export function idAt(header: RevisionHeader, offset: number): IdAt | undefined {
  return idsOf(header).find(({ range }) => range.start <= offset && offset <= range.end);
}

/** Whether an offset is where a parent or a dependency is written, and which; for completion. */
export function listAt(header: RevisionHeader, offset: number): "parent" | "dependency" | undefined {
  const isIn = (range: TextRange | undefined): boolean =>
    range !== undefined && range.start < offset && offset < range.end;
  if (isIn(header.downRevision.range)) {
    return "parent";
  }
  return isIn(header.dependsOn?.range) ? "dependency" : undefined;
}
