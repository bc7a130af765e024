import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandLineResult } from "../../support/commandLine";
import { seededRandom, startCommand } from "../../support/faultRun";
import type { PostgresServer } from "../../support/postgresServer";
import { createProjectFolder, revisionText, type ProjectFolder } from "../../support/projectFolder";
import { queryValues, versionRows } from "../../support/queryRows";
import { programPrelude, randomProgram, takenBack, type Program } from "./randomProgram";

const start = `  await op.createTable("marks", { columns: { n: { type: "integer" } } });
  await op.createTable("marked", { columns: { id: { type: "integer" } } });`;

/** Operations of a revision are numbered from its number times this. */
const numbersPerRevision = 1_000;

interface Case {
  readonly programs: readonly Program[];
  /** Whether each revision runs in a transaction. */
  readonly isTransactional: readonly boolean[];
  readonly transactionPerMigration: boolean;
}

const idOf = (index: number): string => `r${String(index + 1)}`;

function drawCase(seed: number): Case {
  const random = seededRandom(seed);
  const drawn = [1, 2].map((number) => randomProgram(random, number * numbersPerRevision));
  const isTransactional = drawn.map(() => random() > 0.15);
  return {
    programs: drawn.map((program, index) => ({
      ...program,
      mustFail: program.mustFail || (program.needsTransaction && isTransactional[index] !== true),
    })),
    isTransactional,
    transactionPerMigration: random() < 0.5,
  };
}

function createProject({ programs, isTransactional, transactionPerMigration }: Case): ProjectFolder {
  return createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", transactionPerMigration }),
    "migrations/versions/r0.ts": revisionText({ id: "r0", upgrade: start }),
    ...Object.fromEntries(
      programs.map(({ text }, index) => [
        `migrations/versions/${idOf(index)}.ts`,
        revisionText({
          id: idOf(index),
          down: `r${String(index)}`,
          extra: `${programPrelude}${isTransactional[index] === true ? "" : "export const transaction = false;\n"}`,
          upgrade: text,
        }),
      ]),
    ),
  });
}

/** What a run has left, of one revision. */
interface Remains {
  /** What a block that failed should have taken with it. */
  readonly hasTakenBack: boolean;
  readonly isRecorded: boolean;
  readonly called: readonly number[];
  readonly done: readonly number[];
}

/**
 * Runs programs drawn by a seed, and holds what came of them against what must be: the version table names no revision of
 * which an operation is missing, what it does not name has left nothing, and the status is 0 exactly where all went well.
 */
export async function tryProgram(server: PostgresServer, seed: number): Promise<void> {
  const drawn = drawCase(seed);
  const project = createProject(drawn);
  const url = await server.createDatabase();
  try {
    const result = await startCommand(project.path, url, ["upgrade", "head"]).ended;
    const remains = await readRemains(project, url, drawn.programs.length);
    const complaint = complain(drawn, result, remains);
    assert.equal(complaint, undefined, describe(seed, drawn, result, remains));
  } finally {
    project.remove();
    await server.dropDatabase(url);
  }
}

async function readRemains(project: ProjectFolder, url: string, count: number): Promise<readonly Remains[]> {
  const version = ((await versionRows(url)) ?? [])[0] ?? "r";
  const hasTables = (await queryValues(url, "SELECT to_regclass('marks') IS NOT NULL"))[0] === true;
  const done = hasTables
    ? await queryValues(
        url,
        "SELECT n FROM marks UNION ALL SELECT substr(attname, 3)::integer FROM pg_attribute WHERE attrelid = 'marked'::regclass AND attname ~ '^c_'",
      )
    : [];
  return Array.from({ length: count }, (_, index) => {
    const journal = join(project.path, "migrations/versions", `${idOf(index)}.ts.journal`);
    const lines = existsSync(journal) ? readFileSync(journal, "utf8").trim().split("\n") : [];
    return {
      hasTakenBack: done.map(Number).includes(takenBack),
      isRecorded: Number(version.slice(1)) > index,
      called: lines.map(Number).sort((a, b) => a - b),
      done: done
        .map(Number)
        .filter((number) => Math.floor(number / numbersPerRevision) === index + 1)
        .sort((a, b) => a - b),
    };
  });
}

/** What is wrong, as a sentence; undefined where nothing is. */
function complain(
  { programs, isTransactional }: Case,
  { exitCode, stdout, stderr }: CommandLineResult,
  remains: readonly Remains[],
): string | undefined {
  for (const [index, { isRecorded, called, done, hasTakenBack }] of remains.entries()) {
    const id = idOf(index);
    if (hasTakenBack) {
      return "what op.try takes back is there";
    }
    if (isRecorded && called.join() !== done.join()) {
      return `${id} is recorded, and not all of its operations are done exactly once`;
    }
    if (
      !isRecorded &&
      programs[index]?.isWhole === true &&
      isTransactional[index] === true &&
      done.length > 0
    ) {
      return `${id} is not recorded, and has left something`;
    }
    if (exitCode === 0 && !isRecorded) {
      return `the status is 0, and ${id} is not recorded`;
    }
  }
  if (exitCode !== 0 && exitCode !== 255) {
    return `the status is ${String(exitCode)}`;
  }
  if (exitCode === 0 && programs.some(({ mustFail }) => mustFail)) {
    return "the status is 0, though something failed";
  }
  const isFailureAwaited = programs.some(
    (program) => program.mustFail || program.mayFail || mayLoseCursor(program),
  );
  if (exitCode !== 0 && !isFailureAwaited) {
    return "the status is a failure, though nothing failed";
  }
  if (exitCode !== 0 && !/^FAILED: /m.test(stdout)) {
    return "a failure without a word";
  }
  return /Internal error|node:internal/.test(stdout + stderr) ? "a trace of the program's own" : undefined;
}

/** A commit ends the cursor of rows that nobody waits for, depending on how far they are. */
function mayLoseCursor({ text }: Case["programs"][number]): boolean {
  return text.includes("connection.stream") && text.includes("op.autocommitBlock");
}

function describe(
  seed: number,
  drawn: Case,
  { exitCode, stdout, stderr }: CommandLineResult,
  remains: readonly Remains[],
): string {
  const bodies = drawn.programs.map(
    ({ text }, index) =>
      `${idOf(index)}${drawn.isTransactional[index] === true ? "" : " (no transaction)"}: ${JSON.stringify(remains[index])}\n${text}`,
  );
  return [
    `seed ${String(seed)}: status ${String(exitCode)}${drawn.transactionPerMigration ? ", a transaction each" : ""}`,
    ...bodies,
    stdout,
    stderr,
  ].join("\n");
}

/** Tries several seeds, a few at a time. */
export async function tryPrograms(server: PostgresServer, firstSeed: number, count: number): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const seed = firstSeed + next;
      next += 1;
      await tryProgram(server, seed).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all([work(), work(), work()]);
  assert.equal(
    failures.length,
    0,
    failures.map((error) => (error instanceof Error ? error.message : String(error))).join("\n\n"),
  );
}
