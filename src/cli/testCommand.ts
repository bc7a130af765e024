import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { dataTests } from "../commands/dataTests";
import { roundTrip } from "../commands/roundTrip";
import type { CommandContext } from "../context/commandContext";
import type { DataTestOptions, Report, RoundTripOptions, WholeRunOutcome } from "../context/commandTable";
import type { DataTestOutcome } from "../context/dataTestOutcome";
import type { RoundTripOutcome } from "../context/roundTripOutcome";
import type { Bind, CliSession } from "./cliSession";
import { describeTest, testSummary } from "./dataTestText";
import { failureJson } from "./failureJson";
import { printJson } from "./json";
import type { TestOutput } from "../outputs/checkOutput";
import { describeOutcome, describeWholeRun, summary } from "./roundTripText";
import { exitCodes } from "./terminal";

interface VerifyFlags {
  readonly since?: string;
  readonly database?: string;
  readonly json?: true;
}

interface TestFlags {
  readonly data?: true;
  readonly file?: string;
  readonly database?: string;
  readonly json?: true;
}

const databaseFlag = "--database <url or environment>";
const databaseHelp = "an empty database to use instead of a scratch database";

/** `test` and `verify`: whether revisions can be applied, reverted and applied again, and what they do to rows. */
export function addTestCommands(program: Command, bind: Bind): void {
  program
    .command("test")
    .description("try each revision on an empty scratch database: up, down and up again, then run its tests")
    .argument("[revisions...]", "the revisions to try (default: all)")
    .option("--data", "run only the tests with data, beside the revisions: `<revision file>.test.ts`")
    .option("--file <path>", "run only the tests with data of this file")
    .option(databaseFlag, databaseHelp)
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nThe schema must be the same before an upgrade and after its downgrade, and after both upgrades.\n" +
        "If no revisions are named, all of them must also run from an empty database in one go, and back.\n" +
        "Each test with data begins on a new database, at the parents of its revision.\n" +
        "The scratch database is embedded: none of the project's databases is touched.",
    )
    .action(bind(testRevisions));
  program
    .command("verify")
    .description("try all revisions, one by one and in one run, on an empty database")
    .addOption(
      new Option(
        "--since <revision or commit>",
        "try the revisions after this one, or those changed since a Git branch, tag or commit",
      ),
    )
    .option(databaseFlag, databaseHelp)
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nEach revision runs up, down and up again; then all run in one go, down to base and up to the heads.\n" +
        "Every object that differs is named. The exit status is 0 if nothing is found, and 255 otherwise.\n" +
        "A database that is named must be empty, and is left at base if every revision has a way back.",
    )
    .action(
      bind((session: CliSession, { since, json, ...flags }: VerifyFlags) =>
        run(session, json === true, flags.database !== undefined, [
          roundTrips({ ...(since === undefined ? {} : { since }), ...databaseOf(flags) }),
        ]),
      ),
    );
}

/** Round trips, then the tests with data; only these where they are asked for. */
function testRevisions(
  session: CliSession,
  revisions: readonly string[],
  { data, file, json, ...flags }: TestFlags,
): Promise<number> {
  const options = { ...(revisions.length === 0 ? {} : { revisions }), ...databaseOf(flags) };
  const only =
    file === undefined ? {} : { only: [{ path: resolve(session.terminal.workingDirectory, file) }] };
  const isDataOnly = data === true || file !== undefined;
  return run(session, json === true, flags.database !== undefined, [
    ...(isDataOnly ? [] : [roundTrips(options)]),
    testsWithData({ ...options, ...only }, isDataOnly),
  ]);
}

function databaseOf({ database }: { readonly database?: string }): { readonly database?: string } {
  return database === undefined ? {} : { database };
}

/** What was found so far; absent: that has not begun. */
interface Findings {
  outcomes?: RoundTripOutcome[];
  wholeRun?: WholeRunOutcome;
  dataTests?: DataTestOutcome[];
}

/** One of the commands that a run consists of. */
interface Part {
  /** @param print takes at once what is to be said of each outcome */
  readonly perform: (context: CommandContext, findings: Findings, print: Print) => Promise<void>;
  /** What is said at its end, as lines; nothing where it has not begun. */
  readonly summary: (findings: Findings) => string;
}

type Print = (text: string) => void;

/** @param isOwnDatabase whether the revisions run on a database that was named, and not on a scratch database */
async function run(
  session: CliSession,
  isJson: boolean,
  isOwnDatabase: boolean,
  parts: readonly Part[],
): Promise<number> {
  const findings: Findings = {};
  const print: Print = (text) => {
    if (!isJson) {
      session.print(text);
    }
  };
  try {
    for (const { perform, summary: summaryOf } of parts) {
      try {
        await session.run((context) => perform(context, findings, print), undefined);
      } finally {
        // Whoever stops a long run keeps what it has found until then.
        print(summaryOf(findings));
      }
    }
  } catch (error) {
    if (isJson && Object.keys(findings).length > 0) {
      printJson(session, {
        ...findingsJson(findings),
        error: failureJson(error, isOwnDatabase),
      } satisfies TestOutput);
    }
    throw error;
  }
  if (isJson) {
    printJson(session, findingsJson(findings));
  }
  return isSound(findings) ? exitCodes.ok : exitCodes.failed;
}

function findingsJson({ outcomes = [], ...others }: Findings): TestOutput {
  return { outcomes, ...others };
}

function isSound({ outcomes = [], wholeRun, dataTests: tests = [] }: Findings): boolean {
  return (
    wholeRun?.kind !== "failed" &&
    outcomes.every(({ kind }) => kind === "passed" || kind === "irreversible") &&
    tests.every(({ kind }) => kind === "passed")
  );
}

function roundTrips(options: RoundTripOptions): Part {
  return {
    async perform(context, findings, print) {
      const hearing = listening(context, (event) => {
        if (event.kind === "roundTripFinished") {
          findings.outcomes = [...(findings.outcomes ?? []), event.outcome];
          print(describeOutcome(event.outcome));
        }
      });
      const { outcomes, wholeRun } = await roundTrip(hearing, options);
      findings.outcomes = [...outcomes];
      if (wholeRun !== undefined) {
        findings.wholeRun = wholeRun;
      }
    },
    summary: ({ outcomes, wholeRun }) =>
      outcomes === undefined ? "" : describeWholeRun(wholeRun) + summary(outcomes),
  };
}

/** @param isAlone whether nothing else is run, so that it is said, too, where there are no tests */
function testsWithData(options: DataTestOptions, isAlone: boolean): Part {
  return {
    async perform(context, findings, print) {
      const hearing = listening(context, (event) => {
        if (event.kind === "dataTestFinished") {
          findings.dataTests = [...(findings.dataTests ?? []), event.outcome];
          print(describeTest(event.outcome));
        }
      });
      await dataTests(hearing, options);
      if (isAlone) {
        findings.dataTests ??= [];
      }
    },
    summary: ({ dataTests: tests }) => (tests === undefined ? "" : testSummary(tests)),
  };
}

/** A context whose events are heard as they come. */
function listening(context: CommandContext, hear: Report): CommandContext {
  return {
    ...context,
    report(event) {
      context.report(event);
      hear(event);
    },
  };
}
