import type { ChainProblem } from "../revision/problems";
import type { FileProblem } from "./fileProblem";

/** What a problem is and what to do about it, in English. */
export interface ProblemDescription {
  readonly message: string;
  readonly hint: string;
}

/** The one place where problems of revision files become text. */
export function describeProblem(_problem: ChainProblem | FileProblem): ProblemDescription {
  throw new Error("not written yet");
}
