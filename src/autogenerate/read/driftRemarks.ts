import { readFileSync } from "node:fs";
import type { RevisionGraph } from "../../revision/graph";
import type { Drift } from "../compare/compareOptions";
import type { ObjectIdentity } from "../compare/schemaObject";

/** Begins the remark of a generated revision by which the next one knows what was reported. */
const mark = "Only in the database, left alone:";

/** What a generated revision says of something that it leaves alone. */
export function driftRemark({ object }: Pick<Drift, "object">): string {
  return `${mark} ${describeObject(object)}`;
}

/** An object as people call it: `index users.ix_users_email`. */
export function describeObject({ kind, schema, table, name }: ObjectIdentity): string {
  const path = [schema === "public" ? "" : schema, table ?? "", name].filter((part) => part !== "");
  return `${kind === "aspect" ? "" : kind} ${path.join(".")}`.trim();
}

/** What revision files say of objects that are left alone: each as `describeObject` gives it. */
export function remarkedObjects(graph: RevisionGraph): ReadonlySet<string> {
  return new Set(
    graph.revisions.flatMap(({ path }) => (path === "" ? [] : remarksIn(readFileSync(path, "utf8")))),
  );
}

/** What a revision file has mentioned already is known, and not reported again. */
export function unreportedDrift(drift: readonly Drift[], graph: RevisionGraph): readonly Drift[] {
  if (drift.length === 0) {
    return [];
  }
  const reported = remarkedObjects(graph);
  return drift.filter(({ object }) => !reported.has(describeObject(object)));
}

/** A long remark goes over several comment lines. */
function remarksIn(text: string): readonly string[] {
  const remarks: string[] = [];
  let isInRemark = false;
  for (const line of text.split("\n")) {
    const comment = line.trimStart().startsWith("// ") ? line.trim().slice("// ".length) : undefined;
    if (comment?.startsWith(mark) === true) {
      remarks.push(comment.slice(mark.length).trim());
    } else if (comment !== undefined && isInRemark) {
      remarks.push(`${remarks.pop() ?? ""} ${comment.trim()}`.trim());
    }
    isInRemark = comment !== undefined && (isInRemark || comment.startsWith(mark));
  }
  return remarks;
}
