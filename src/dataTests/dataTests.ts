import { performance } from "node:perf_hooks";
import type { CommandContext } from "../context/commandContext";
import type { DataTestFailure, DataTestName, DataTestOutcome } from "../context/dataTestOutcome";
import type { RevisionGraph } from "../revision/graph";
import { refuseWhenCancelled, rethrowCancellation } from "../roundTrip/cancellation";
import { closed } from "../run/closedRun";
import { closedTest } from "./closedTest";
import { describeTestFailure } from "./describeTestFailure";
import { runTest } from "./runTest";
import { openTestBench, type TestBench } from "./testBench";
import type { TestFile } from "./testFiles";
import { testFunctionsOf, type TestFunction } from "./testFunctions";

/** Which tests are run. */
export interface DataTestSelection {
  readonly files: readonly TestFile[];
  readonly isWanted: (path: string, name: string) => boolean;
  /** An environment or a URL of an empty database that is used instead of scratch databases. */
  readonly database: string | undefined;
}

/**
 * Runs tests of revisions, each on a database at the parents of its revision.
 * @throws CommandError `database-not-empty`, `production-database`
 */
export async function runDataTests(
  context: CommandContext,
  graph: RevisionGraph,
  { files, isWanted, database }: DataTestSelection,
): Promise<readonly DataTestOutcome[]> {
  const bench = await openTestBench(context, graph, database);
  try {
    const outcomes: DataTestOutcome[] = [];
    for (const file of files) {
      const loaded = await loadTests(context, file);
      if (loaded.kind === "failed") {
        outcomes.push(finish(context, { ...nameOf(file), ...loaded, milliseconds: 0 }));
        continue;
      }
      for (const test of loaded.tests.filter(({ name }) => isWanted(file.path, name))) {
        outcomes.push(await runOne(context, file, test, bench));
      }
    }
    return outcomes;
  } finally {
    await bench.leave();
  }
}

type LoadedTests =
  | { readonly kind: "loaded"; readonly tests: readonly TestFunction[] }
  | { readonly kind: "failed"; readonly failure: DataTestFailure };

async function loadTests(context: CommandContext, { path, revision }: TestFile): Promise<LoadedTests> {
  refuseWhenCancelled(context);
  try {
    const exports = await closed(
      { revision: revision.revision, because: "scratch", agent: context.agent },
      () => context.loadRevisionModule(path),
      closedTest("The test file"),
    );
    // Before anything fails: an assertion of Node reads its stack at once.
    context.mapRevisionToSource(path);
    return { kind: "loaded", tests: testFunctionsOf(exports, path) };
  } catch (error) {
    rethrowCancellation(context, error);
    return { kind: "failed", failure: describeTestFailure(error, path, undefined) };
  }
}

async function runOne(
  context: CommandContext,
  file: TestFile,
  test: TestFunction,
  bench: TestBench,
): Promise<DataTestOutcome> {
  refuseWhenCancelled(context);
  const name = nameOf(file, test.name);
  context.report({ kind: "dataTestStarted", test: name });
  const startedAt = performance.now();
  const end = await endOf(context, file, test, bench);
  return finish(context, { ...name, ...end, milliseconds: performance.now() - startedAt });
}

type DataTestEnd =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly failure: DataTestFailure }
  | { readonly kind: "blocked"; readonly reason: string };

async function endOf(
  context: CommandContext,
  file: TestFile,
  test: TestFunction,
  bench: TestBench,
): Promise<DataTestEnd> {
  let scratch;
  try {
    scratch = await bench.at(file.revision);
  } catch (error) {
    rethrowCancellation(context, error);
    return { kind: "blocked", reason: error instanceof Error ? error.message : String(error) };
  }
  const failure = await runTest(context, file, test, scratch);
  return failure === undefined ? { kind: "passed" } : { kind: "failed", failure };
}

function nameOf({ path, revision }: TestFile, name?: string): DataTestName {
  return { revision: revision.revision, path, name };
}

function finish(context: CommandContext, outcome: DataTestOutcome): DataTestOutcome {
  context.report({ kind: "dataTestFinished", outcome });
  return outcome;
}
