import type { LocatedText, RevisionHeader } from "./header";
import { editComment, editLiteral, setRevisionId } from "./literalEdits";
import type { TextEdit } from "./textEdit";

/** A file of the folder, as renaming needs it. */
export interface RevisionSource {
  readonly path: string;
  readonly text: string;
  readonly header: RevisionHeader;
}

/**
 * Renames a revision in its own file and in every file that names it, comments included; edits by path. A partial id
 * in `depends_on` that means this revision is written out in full. No edits where a file puts the id together from
 * parts: renaming it in the others alone would break the chain.
 */
export function renameRevision(
  files: Iterable<RevisionSource>,
  from: string,
  to: string,
): ReadonlyMap<string, readonly TextEdit[]> {
  const sources = [...files];
  const meansIt = dependencyTest(sources, from);
  const edits = new Map<string, readonly TextEdit[]>();
  if (from === to || sources.some((source) => namesIt(source, from, meansIt).some(isComputed))) {
    return edits;
  }
  for (const source of sources) {
    const ofFile = renameInFile(source, from, to, meansIt);
    if (ofFile.length > 0) {
      edits.set(source.path, ofFile);
    }
  }
  return edits;
}

function renameInFile(
  { text, header }: RevisionSource,
  from: string,
  to: string,
  meansIt: (dependency: string) => boolean,
): readonly TextEdit[] {
  const literals = parentsNamedSo(header, from, meansIt);
  const edits = [
    ...(header.revision.value === from ? setRevisionId(text, header, to) : []),
    ...literals.map((literal) => editLiteral(text, header.language, literal, to)),
  ];
  const documented = header.documentedIds.downRevision;
  if (documented?.values.some(({ value }) => value === from)) {
    const ids = documented.values.map(({ value }) => (value === from ? to : value));
    edits.push(editComment(text, header.language, documented.range, ids));
  }
  return withoutRepeats(edits);
}

/** The parents and dependencies of a file that mean this revision, and what it replaces. */
function parentsNamedSo(
  header: RevisionHeader,
  from: string,
  meansIt: (dependency: string) => boolean,
): readonly LocatedText[] {
  return [
    ...header.downRevision.values.filter(({ value }) => value === from),
    ...(header.dependsOn?.values.filter(({ value }) => meansIt(value)) ?? []),
    ...(header.replaces?.values.filter(({ value }) => value === from) ?? []),
  ];
}

function namesIt(
  { header }: RevisionSource,
  from: string,
  meansIt: (dependency: string) => boolean,
): readonly LocatedText[] {
  const { revision } = header;
  return [...(revision.value === from ? [revision] : []), ...parentsNamedSo(header, from, meansIt)];
}

function isComputed(literal: LocatedText): boolean {
  return literal.isComputed === true;
}

/** Two headers may share one constant, whose literal is edited once. */
function withoutRepeats(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...new Map(edits.map((edit) => [edit.range.start, edit])).values()];
}

function dependencyTest(sources: readonly RevisionSource[], from: string): (dependency: string) => boolean {
  const names = new Set<string>();
  for (const { header } of sources) {
    names.add(header.revision.value);
    header.branchLabels?.values.forEach(({ value }) => names.add(value));
  }
  const startsOnlyIt = (partial: string) =>
    partial !== "" &&
    from.startsWith(partial) &&
    sources.every(
      ({ header: { revision } }) => revision.value === from || !revision.value.startsWith(partial),
    );
  return (dependency) => dependency === from || (!names.has(dependency) && startsOnlyIt(dependency));
}
