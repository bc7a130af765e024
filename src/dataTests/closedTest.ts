import type { ClosedCode } from "../run/closedRun";

/** Code of a test, which reaches no database but the one that it is given. */
export function closedTest(subject: string): ClosedCode {
  return { subject, hint: "Use the `connection` that the test is given." };
}
