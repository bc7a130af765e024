import { readFileSync } from "node:fs";
import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import type { Drift } from "../compare/compareOptions";
import type { ObjectIdentity } from "../compare/schemaObject";
import type { QualifiedName } from "../../schema/model/tableModel";

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

/** Begins the remark by which later revisions know that a table may lack one of its entities. */
const sharedMark = "Described by several entities:";

/** What a generated revision says of a table that it makes or changes, and that several entities describe. */
export function sharedRemark({ schema, name }: QualifiedName): string {
  return `${sharedMark} ${describeTable({ schema, name })}`;
}

/** A table as remarks name it. */
export function describeTable({ schema, name }: QualifiedName): string {
  return describeObject({ kind: "table", schema, table: undefined, name });
}

/** Begins the remark by which later revisions know what a file made. */
const keptMark = "Kept in a file:";

/** What a generated revision says of an object that it makes from a file. */
export function keptRemark(object: ObjectIdentity, label: string): string {
  return `${keptMark} ${keptObject(object, label)}`;
}

/** The same without its beginning: `function total(integer) in objects/total.sql`. */
export function keptObject(object: ObjectIdentity, label: string): string {
  return `${describeObject(object)} in ${label}`;
}

/** What revision files say of objects that they made from files, as `keptObject` gives it. */
export function remarkedKept(graph: RevisionGraph): ReadonlySet<string> {
  return remarked(graph, keptMark);
}

/** What revision files say of objects that are left alone: each as `describeObject` gives it. */
export function remarkedObjects(graph: RevisionGraph): ReadonlySet<string> {
  return remarked(graph, mark);
}

/** The tables of which revision files say that several entities described them, as `describeTable` names them. */
export function remarkedShared(graph: RevisionGraph): ReadonlySet<string> {
  return remarked(graph, sharedMark);
}

/** All that revision files say for later revisions, each with its beginning, as it was given to be printed. */
export function allRemarks(revisions: readonly Pick<GraphRevision, "path">[]): readonly string[] {
  return [
    ...new Set(
      [mark, sharedMark, keptMark].flatMap((begin) =>
        remarksOf(revisions, begin).map((remark) => `${begin} ${remark}`),
      ),
    ),
  ];
}

function remarked({ revisions }: RevisionGraph, begin: string): ReadonlySet<string> {
  return new Set(remarksOf(revisions, begin));
}

function remarksOf(revisions: readonly Pick<GraphRevision, "path">[], begin: string): readonly string[] {
  return revisions.flatMap(({ path }) => (path === "" ? [] : remarksIn(readFileSync(path, "utf8"), begin)));
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
function remarksIn(text: string, begin: string): readonly string[] {
  const remarks: string[] = [];
  let isInRemark = false;
  for (const line of text.split("\n")) {
    const comment = line.trimStart().startsWith("// ") ? line.trim().slice("// ".length) : undefined;
    const isBegin = [mark, sharedMark, keptMark].some((each) => comment?.startsWith(each) === true);
    if (comment?.startsWith(begin) === true) {
      remarks.push(comment.slice(begin.length).trim());
      isInRemark = true;
    } else if (comment !== undefined && isInRemark && !isBegin) {
      remarks.push(`${remarks.pop() ?? ""} ${comment.trim()}`.trim());
    } else {
      isInRemark = false;
    }
  }
  return remarks;
}
