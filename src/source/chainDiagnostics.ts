import type { ChainProblem } from "../revision/problems";
import type { FileProblem } from "./fileProblem";
import type { TextRange } from "./header";
import type { SyntaxProblem } from "./parseRevisionFile";
import type { RevisionIndex } from "./revisionIndex";

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

/** Every problem by file, in load order of the files; `syntaxProblems` are those of the open editors, by path. */
export function chainDiagnostics(
  _index: RevisionIndex,
  _syntaxProblems?: ReadonlyMap<string, readonly SyntaxProblem[]>,
): ReadonlyMap<string, readonly LocatedProblem[]> {
  throw new Error("not written yet");
}
