import type { CommandContext } from "../context/commandContext";
import type { DataTestFailure } from "../context/dataTestOutcome";
import type { StatementResult } from "../database/connection";
import { sql } from "../operations/sqlFragment";
import type { RevisionTest } from "../project/revisionTest";
import type { GraphRevision } from "../revision/graph";
import { rethrowCancellation } from "../roundTrip/cancellation";
import type { Scratch } from "../roundTrip/scratch";
import { cancelOnAbort } from "../run/cancelOnAbort";
import { closed } from "../run/closedRun";
import { closedTest } from "./closedTest";
import { directConnection } from "../run/migrationConnection";
import { untilReturned } from "../run/ownCode";
import { liveSession } from "../run/session";
import { DataTestError } from "./dataTestError";
import { describeTestFailure } from "./describeTestFailure";
import { TestCalls } from "./testCalls";
import type { TestFile } from "./testFiles";
import type { TestFunction } from "./testFunctions";

/** Runs one test on a database at the parents of its revision; gives why it failed. */
export async function runTest(
  context: CommandContext,
  { path, revision }: TestFile,
  { name, call }: TestFunction,
  scratch: Scratch,
): Promise<DataTestFailure | undefined> {
  const calls = new TestCalls();
  const given = testParameter(context, calls, scratch, revision);
  const body = async (): Promise<void> => {
    await call(given);
  };
  const held = { revision: revision.revision, because: "scratch", agent: context.agent } as const;
  const end = await untilReturned(
    () => calls.during(() => closed(held, body, closedTest(`The test ${name}`))),
    {
      signal: context.signal,
      isBusy: () => scratch.connection.isBusy?.() === true,
      lastCall: () => calls.lastTime,
      onSilence: () =>
        context.report({
          kind: "log",
          level: "info",
          message: `Waiting for the test ${name} of ${path}: it has not returned, and nothing that it called is running.`,
        }),
      neverSettles: () =>
        new DataTestError(
          "never-settles",
          `The test ${name} awaits a promise that never settles.`,
          "Look for a promise that is neither resolved nor rejected.",
        ),
    },
  );
  if (end.kind === "returned") {
    return undefined;
  }
  rethrowCancellation(context, end.error);
  return describeTestFailure(end.error, path, calls.siteOf(end.error));
}

function testParameter(
  context: CommandContext,
  calls: TestCalls,
  scratch: Scratch,
  revision: GraphRevision,
): RevisionTest {
  const { connection } = scratch;
  async function send(text: string, values: readonly unknown[]): Promise<StatementResult> {
    const release = cancelOnAbort(context.signal, connection);
    try {
      return await connection.run(text, values);
    } finally {
      release();
    }
  }
  function run(text: string, values: readonly unknown[]): Promise<StatementResult> {
    return calls.add(() => send(text, values), run);
  }
  async function apply(): Promise<void> {
    requireOrder(scratch.has(revision), false, revision);
    await scratch.upgrade(revision);
  }
  async function revert(): Promise<void> {
    requireOrder(scratch.has(revision), true, revision);
    await scratch.downgrade(revision);
  }
  function upgrade(): Promise<void> {
    return calls.add(apply, upgrade);
  }
  function downgrade(): Promise<void> {
    return calls.add(revert, downgrade);
  }
  return {
    connection: directConnection(
      run,
      liveSession(connection, () => undefined),
    ),
    sql,
    upgrade,
    downgrade,
  };
}

/** @throws DataTestError `wrong-order` */
function requireOrder(isApplied: boolean, isWanted: boolean, { revision }: GraphRevision): void {
  if (isApplied !== isWanted) {
    throw new DataTestError(
      "wrong-order",
      isApplied
        ? `The test calls upgrade(), but revision ${revision} is applied.`
        : `The test calls downgrade(), but revision ${revision} is not applied.`,
      isApplied ? "Call downgrade() before you call upgrade() again." : "Call upgrade() before downgrade().",
    );
  }
}
