import * as vscode from "vscode";
import { describeProblem, type ProblemText } from "../../revision/problems";
import type { LocatedProblem } from "../../source/chainDiagnostics";
import { describeFileProblem } from "../../source/fileProblem";

/** Entry of the bundle `dist/problemText.js`. It is loaded with the first problem. */

/** More heads are not listed. */
const mostListed = 20;

/** The text of a problem in the editor's language; in English it is that of the command line. */
export function problemText({ problem }: Pick<LocatedProblem, "problem">): ProblemText {
  if (problem.kind === "multiple-heads") {
    const heads =
      problem.heads.length <= mostListed ? problem.heads : [...problem.heads.slice(0, mostListed), "…"];
    return {
      ...describeProblem({ ...problem, heads }, vscode.l10n.t),
      hint: vscode.l10n.t("“Merge Heads…”, or `alembic-ts merge heads`, joins them."),
    };
  }
  return "fatal" in problem
    ? describeProblem(problem, vscode.l10n.t)
    : describeFileProblem(problem, vscode.l10n.t);
}
