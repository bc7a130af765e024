import type { Command } from "commander";
import { checkBranches } from "../commands/checkBranches";
import { describeVerdict } from "../commute/describePair";
import type { PairOutcome } from "../context/commuteOutcome";
import type { Bind, CliSession } from "./cliSession";
import { printJson } from "./json";
import type { BranchCheckOutput } from "../outputs/checkOutput";
import { listBranches, type ListFlags } from "./readingCommands";
import { exitCodes } from "./terminal";

interface CheckFlags extends ListFlags {
  readonly check?: true;
}

/** Adds `--check` to `branches`, which is among the commands that only read and whose bundle has no database to try on. */
export function addBranchesCheck(program: Command, bind: Bind): void {
  program.commands
    .find((command) => command.name() === "branches")
    ?.option("--check", "check whether each two heads give the same schema in either order")
    .action(
      bind((session: CliSession, flags: CheckFlags) =>
        flags.check === true
          ? printBranchCheck(session, ["heads"], flags.json === true)
          : listBranches(session, flags),
      ),
    );
}

/**
 * Prints whether branches can be applied in either order.
 * @returns the exit status
 */
export async function printBranchCheck(
  session: CliSession,
  revisions: readonly string[],
  isJson: boolean,
): Promise<number> {
  const { pairs } = await session.run(checkBranches, { revisions });
  if (isJson) {
    printJson(session, { pairs: pairs.map(pairJson) } satisfies BranchCheckOutput);
  } else {
    session.print(`${pairs.map(describePair).join("")}${summary(pairs)}\n`);
  }
  return pairs.every(({ kind }) => kind === "commutes") ? exitCodes.ok : exitCodes.failed;
}

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

function pairJson(outcome: PairOutcome): BranchCheckOutput["pairs"][number] {
  const { dataSteps, ...verdict } = outcome;
  return { ...verdict, data_steps: dataSteps };
}
