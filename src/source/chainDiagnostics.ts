import type { ChainProblem } from "../revision/problems";
import { fileDiagnostics } from "./fileDiagnostics";
import type { FileProblem, ParserFindings } from "./fileProblem";
import type { LocatedList, LocatedText, RevisionHeader, TextRange } from "./header";
import type { IndexedFile, RevisionIndex } from "./revisionIndex";

/** A place in one of the files. */
export interface FileLocation {
  readonly path: string;
  readonly range: TextRange;
}

/** A problem, on the literal that causes it. */
export interface LocatedProblem extends FileLocation {
  readonly code: (ChainProblem | FileProblem)["kind"];
  readonly severity: "error" | "warning" | "information";
  readonly problem: ChainProblem | FileProblem;
  readonly related: readonly FileLocation[];
}

/**
 * Every problem by file, sorted by place; files in load order, those without problems left out. `findings` are what a
 * parser found in the present texts, by path.
 */
export function chainDiagnostics(
  index: RevisionIndex,
  findings: ReadonlyMap<string, ParserFindings> = new Map(),
): ReadonlyMap<string, readonly LocatedProblem[]> {
  const located = new Map<string, LocatedProblem[]>();
  for (const problem of index.graph.problems) {
    for (const place of placesOf(index, problem)) {
      add(located, { ...place, code: problem.kind, severity: problem.fatal ? "error" : "warning", problem });
    }
  }
  const sorted = new Map<string, readonly LocatedProblem[]>();
  for (const file of index.files) {
    const { path } = file;
    for (const found of problemsWithin(file, findings.get(path))) {
      add(located, { ...found, path, code: found.problem.kind, related: [] });
    }
    const problems = located.get(path);
    if (problems !== undefined) {
      sorted.set(
        path,
        problems
          .map((problem) => ({ ...problem, range: clip(problem.range, file.text.length) }))
          .sort((a, b) => a.range.start - b.range.start),
      );
    }
  }
  return sorted;
}

const knownProblems = new WeakMap<IndexedFile, ReturnType<typeof fileDiagnostics>>();

/** The index keeps the record of a file that did not change: of ten thousand, one is looked at after a keystroke. */
function problemsWithin(
  file: IndexedFile,
  findings: ParserFindings | undefined,
): ReturnType<typeof fileDiagnostics> {
  return findings !== undefined && hasFindings(findings)
    ? fileDiagnostics(file, findings)
    : knownFileDiagnostics(file);
}

/** Whether a parser found anything that is a problem. */
export function hasFindings({ syntaxProblems, caughtOperations = [] }: ParserFindings): boolean {
  return syntaxProblems.length > 0 || caughtOperations.length > 0;
}

/**
 * What is wrong within a file that is not open, worked out once. Of many files it is best asked for in pieces, before
 * `chainDiagnostics` asks for all at once.
 */
export function knownFileDiagnostics(file: IndexedFile): ReturnType<typeof fileDiagnostics> {
  const known = knownProblems.get(file) ?? fileDiagnostics(file, { syntaxProblems: [] });
  knownProblems.set(file, known);
  return known;
}

interface Place extends FileLocation {
  readonly related: readonly FileLocation[];
}

function placesOf(index: RevisionIndex, problem: ChainProblem): readonly Place[] {
  switch (problem.kind) {
    case "missing-down-revision":
      return inFile(index, problem.path, (header) => literals(header.downRevision, problem.missing));
    case "missing-dependency":
      return inFile(
        index,
        problem.path,
        (header) => literals(header.dependsOn, problem.missing),
        problem.candidates.flatMap((id) => revisionPlaces(index, id)),
      );
    case "self-loop":
      return inFile(index, problem.path, (header) => literals(header.downRevision, problem.revision));
    case "dependency-self-loop":
      return inFile(index, problem.path, (header) => literals(header.dependsOn, problem.dependency));
    case "cycle":
    case "dependency-cycle":
      return loopPlaces(index, problem.loop);
    case "duplicate-revision":
      return eachWithOthers(
        problem.paths.flatMap((path) => inFile(index, path, (header) => [markOf(header.revision)])),
      );
    case "duplicate-label":
      return inFile(
        index,
        problem.path,
        (header) => literals(header.branchLabels, problem.label),
        labelPlaces(index, problem.usedBy, problem.label),
      );
    case "label-equals-revision":
      return inFile(
        index,
        problem.path,
        (header) => literals(header.branchLabels, problem.label),
        revisionPlaces(index, problem.label),
      );
    case "illegal-characters":
    case "empty-id":
    case "id-too-long":
      return inFile(index, problem.path, (header) => [markOf(header.revision)]);
    case "multiple-heads":
      return eachWithOthers(
        problem.heads.slice(0, mostPlaces).flatMap((head) => revisionPlaces(index, head)),
      );
  }
}

function inFile(
  index: RevisionIndex,
  path: string,
  find: (header: RevisionHeader) => readonly TextRange[],
  related: readonly FileLocation[] = [],
): readonly Place[] {
  const header = index.header(path);
  return header === undefined ? [] : find(header).map((range) => ({ path, range, related }));
}

/** In every revision of the loop, the literal that leads to the next one. */
function loopPlaces(index: RevisionIndex, loop: readonly string[]): readonly Place[] {
  const places = loop.flatMap((revision, position) => {
    const next = loop[(position + 1) % loop.length] ?? revision;
    const path = lastPath(index, revision);
    return path === undefined ? [] : inFile(index, path, (header) => linksTo(index, header, next));
  });
  return eachWithOthers(places);
}

function linksTo(index: RevisionIndex, header: RevisionHeader, next: string): readonly TextRange[] {
  const direct = [...exact(header.downRevision, next), ...exact(header.dependsOn, next)];
  if (direct.length > 0) {
    return direct.map(markOf);
  }
  const partial = header.dependsOn?.values.filter(
    ({ value }) => next.startsWith(value) || index.graph.get(next)?.labels.includes(value),
  );
  return partial === undefined || partial.length === 0 ? [markOf(header.revision)] : partial.map(markOf);
}

/** So many places of one problem are marked, and so many others are named at each: with thousands of heads, no more help. */
const mostPlaces = 200;
const mostRelated = 20;

function eachWithOthers(places: readonly FileLocation[]): readonly Place[] {
  const plain = places.slice(0, mostPlaces).map(({ path, range }) => ({ path, range }));
  return plain.map((place) => ({
    ...place,
    related: plain.slice(0, mostRelated + 1).filter((other) => other !== place),
  }));
}

function revisionPlaces(index: RevisionIndex, revision: string): readonly FileLocation[] {
  return index
    .pathsOf(revision)
    .flatMap((path) => inFile(index, path, (header) => [markOf(header.revision)]))
    .map(({ path, range }) => ({ path, range }));
}

function labelPlaces(index: RevisionIndex, revision: string, label: string): readonly FileLocation[] {
  return index
    .pathsOf(revision)
    .flatMap((path) => inFile(index, path, (header) => literals(header.branchLabels, label)))
    .map(({ path, range }) => ({ path, range }));
}

/** The graph holds the last of several files with the same id. */
function lastPath(index: RevisionIndex, revision: string): string | undefined {
  return index.pathsOf(revision).at(-1);
}

/** The literals with this value; the whole list where it is not written there, as with a computed value. */
function literals(list: LocatedList | undefined, value: string): readonly TextRange[] {
  const found = exact(list, value).map(markOf);
  return found.length > 0 || list === undefined ? found : [list.range];
}

function exact(list: LocatedList | undefined, value: string): readonly LocatedText[] {
  return list?.values.filter((text) => text.value === value) ?? [];
}

/** The text between the quotes; with its quotes where it is empty, so that there is something to see. */
function markOf({ range }: LocatedText): TextRange {
  return range.start === range.end ? { start: range.start - 1, end: range.end + 1 } : range;
}

function clip({ start, end }: TextRange, length: number): TextRange {
  return { start: Math.min(start, length), end: Math.min(end, length) };
}

function add(located: Map<string, LocatedProblem[]>, problem: LocatedProblem): void {
  const known = located.get(problem.path);
  if (known === undefined) {
    located.set(problem.path, [problem]);
  } else {
    known.push(problem);
  }
}
