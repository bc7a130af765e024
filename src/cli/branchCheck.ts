import { checkBranches } from "../commands/checkBranches";
import { describeVerdict } from "../commute/describePair";
import type { PairOutcome } from "../context/commuteOutcome";
import type { CheckBranches } from "./readingCommands";
import { printJson } from "./json";
import { exitCodes } from "./terminal";

/** `merge --check` and `branches --check`. */
export const printBranchCheck: CheckBranches = async (session, revisions, isJson) => {
  const { pairs } = await session.run(checkBranches, { revisions });
  if (isJson) {
    printJson(session, { pairs: pairs.map(pairJson) });
  } else {
    session.print(`${pairs.map(describePair).join("")}${summary(pairs)}\n`);
  }
  return pairs.every(({ kind }) => kind === "commutes") ? exitCodes.ok : exitCodes.failed;
};

function describePair(outcome: PairOutcome): string {
  const heads = outcome.heads.join(", ");
  const notes =
    outcome.dataSteps.length === 0 ? [] : [`data steps of ${outcome.dataSteps.join(", ")}: not compared`];
  const lines = [...describeVerdict(outcome), ...notes].flatMap((line) => line.split("\n"));
  return [
    `${outcome.kind === "commutes" ? "ok    " : "FAILED"}  ${heads}`,
    ...lines.map((line) => `          ${line}`),
    "",
  ].join("\n");
}

function summary(pairs: readonly PairOutcome[]): string {
  if (pairs.length === 0) {
    return "No two heads to check.";
  }
  const failed = pairs.filter(({ kind }) => kind !== "commutes").length;
  const commuting = pairs.length - failed;
  return `${String(commuting)} of ${String(pairs.length)} ${pairs.length === 1 ? "pair" : "pairs"} of branches can be applied in either order`;
}

function pairJson(outcome: PairOutcome): unknown {
  const { dataSteps, ...rest } = outcome;
  if (rest.kind !== "commutes") {
    return { ...rest, data_steps: dataSteps };
  }
  const { shownBy, ...verdict } = rest;
  return { ...verdict, shown_by: shownBy, data_steps: dataSteps };
}
