import { walk } from "../../source/calls/bindings";
import type { NodePath } from "../../source/calls/bindings";
import { operationCallOf } from "../../source/calls/callAt";
import type { WrittenRevision } from "../../sql/callSql";
import type { LintFinding } from "../finding";
import { statementOf, type CallStatement } from "./callEdits";
import { defaultLater } from "./columnSteps";
import { concurrently } from "./concurrently";
import { checkedNotNull, primaryKeyByIndex, uniqueByIndex, validatedLater } from "./constraintSteps";
import type { LintFix } from "./lintFix";
import { viewOfOldName } from "./renames";

/** Writes several statements for one that is a statement of its own. */
type WriteSteps = (statement: CallStatement, method: string, written: WrittenRevision) => LintFix | undefined;

const steps: ReadonlyMap<string, WriteSteps> = new Map<string, WriteSteps>([
  ["check-constraint-scans", validatedLater],
  ["foreign-key-scans", validatedLater],
  ["unique-constraint-builds-index", uniqueByIndex],
  ["primary-key-builds-index", primaryKeyByIndex],
  ["not-null-scans", checkedNotNull],
  ["volatile-default-rewrites", defaultLater],
  ["constant-default-rewrites", defaultLater],
  ["rename-table", viewOfOldName],
]);

/** The fix of a finding, where it is mechanical. */
export function fixOf(finding: LintFinding, written: WrittenRevision): LintFix | undefined {
  const { code, call } = finding;
  const path = callAt(written, call.start, call.end);
  const node = path?.at(-1);
  const found = path && node?.type === "CallExpression" ? operationCallOf(node, path) : undefined;
  if (path === undefined || found === undefined) {
    return undefined;
  }
  switch (code) {
    case "index-not-concurrent":
    case "drop-index-not-concurrent":
    case "refresh-not-concurrent":
    case "detach-partition-not-concurrent":
      return concurrently(found, finding, written.text);
    default: {
      const write = found.batch === undefined ? steps.get(code) : undefined;
      const statement = write && statementOf(path, found.call, written.text);
      return write && statement && write(statement, found.method, written);
    }
  }
}

function callAt({ program }: WrittenRevision, start: number, end: number): NodePath | undefined {
  let found: NodePath | undefined;
  walk(program, (path, node) => {
    if (node.type === "CallExpression" && node.start === start && node.end === end) {
      found = path;
    }
    return found === undefined && (node.start ?? 0) <= start && end <= (node.end ?? 0);
  });
  return found;
}
