import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { commandLineFile, plainEnvironment, type CommandLineResult } from "./commandLine";
import { revisionId } from "./faultProject";
import { queryRows, versionRows } from "./queryRows";

/** A moment of a run: so long after its start, or so long after its n-th line of progress. */
export interface Moment {
  readonly line?: number;
  readonly milliseconds: number;
}

/** A command line that runs, and can be struck. */
export interface RunningCommand {
  readonly processId: number;
  readonly ended: Promise<CommandLineResult>;
  /** What it has written to stderr so far. */
  stderr(): string;
  /** Resolves when the text is on stderr, or when the command has ended before it. */
  says(text: string): Promise<void>;
  /** Resolves at the moment, or when the command has ended before it. */
  reach(moment: Moment): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** How long at least is waited for what must come, on a busy machine too, in milliseconds. */
const patience = 120_000;

/** Starts `alembic-ts` in a folder, on a database. */
export function startCommand(cwd: string, url: string | undefined, args: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, [commandLineFile(), ...args], {
    cwd,
    env: { ...plainEnvironment(), ...(url === undefined ? {} : { DATABASE_URL: url }) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  const textWaiters: { text: string; resolve: () => void }[] = [];
  const lineWaiters: { line: number; resolve: () => void }[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
    const lines = output.stderr.split("Running ").length - 1;
    lineWaiters.filter(({ line }) => line <= lines).forEach(({ resolve }) => resolve());
    textWaiters.filter((waiter) => output.stderr.includes(waiter.text)).forEach(({ resolve }) => resolve());
  });
  const ended = new Promise<CommandLineResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? undefined, ...output }));
  });
  return {
    processId: child.pid ?? 0,
    ended,
    stderr: () => output.stderr,
    async says(text) {
      const said = new Promise<void>((resolve) => {
        textWaiters.push({ text, resolve });
        if (output.stderr.includes(text)) {
          resolve();
        }
      });
      await Promise.race([ended, said]);
    },
    async reach({ line = 0, milliseconds }) {
      const reached =
        line === 0 ? Promise.resolve() : new Promise<void>((resolve) => lineWaiters.push({ line, resolve }));
      await Promise.race([ended, reached]);
      await Promise.race([ended, delay(milliseconds)]);
    },
    kill: (signal) => void child.kill(signal),
  };
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Moments of a run, half of them spread over its time and half over its lines of progress. */
export function spreadMoments(
  count: number,
  run: { readonly lines: number; readonly start: number; readonly end: number },
  random: () => number,
): readonly Moment[] {
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0
      ? { milliseconds: Math.round(run.start + ((run.end - run.start) * (index + random())) / count) }
      : { line: 1 + Math.floor(random() * run.lines), milliseconds: Math.floor(random() * 15) },
  );
}

/** Waits until the server has ended all work for our processes on a database. */
export async function untilQuiet(url: string): Promise<void> {
  for (let waited = 0; waited < patience; waited += 50) {
    const busy = await queryRows(
      url,
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'alembic-ts'",
    );
    if (busy.length === 0) {
      return;
    }
    await delay(50);
  }
  throw new Error(`A backend of a run that is gone did not end within ${String(patience)} ms.`);
}

/** Waits until a query on the database has a row. */
export async function untilRow(url: string, query: string): Promise<unknown> {
  for (let waited = 0; waited < patience; waited += 20) {
    const [row] = await queryRows(url, query);
    if (row !== undefined) {
      return row;
    }
    await delay(20);
  }
  throw new Error(`No row within ${String(patience)} ms: ${query}`);
}

/** Waits until a condition holds. */
export async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 20) {
    assert.ok(waited < patience, `The condition did not come true within ${String(patience)} ms.`);
    await delay(20);
  }
}

/** What a database of a fault project holds. */
export interface FaultState {
  /** The number of the revision that the version table names; 0 at base. */
  readonly version: number;
  /** The steps that wrote to the log, sorted, as often as they did. */
  readonly log: readonly number[];
  /** The tables of the revisions. */
  readonly tables: readonly number[];
  /** The last line of the ledger, where there is one. */
  readonly ledger:
    | {
        readonly version_num: string;
        readonly position: number;
        readonly state: string;
        readonly statement: string;
      }
    | undefined;
}

/** Reads a database of a fault project. */
export async function readFaultState(url: string): Promise<FaultState> {
  const exists = async (table: string): Promise<boolean> =>
    (await queryRows(url, `SELECT 1 WHERE to_regclass('${table}') IS NOT NULL`)).length > 0;
  const [row] = (await versionRows(url)) ?? [];
  const log = (await exists("run_log"))
    ? ((await queryRows(url, "SELECT step FROM run_log ORDER BY step")) as readonly { step: number }[])
    : [];
  const tables = (await queryRows(
    url,
    "SELECT substr(relname, 3)::integer AS number FROM pg_class WHERE relkind = 'r' AND relname ~ '^t_[0-9]+$' ORDER BY 1",
  )) as readonly { number: number }[];
  const [ledger] = (await exists("alembic_version_steps"))
    ? await queryRows(
        url,
        "SELECT version_num, position, state, statement FROM alembic_version_steps ORDER BY position DESC LIMIT 1",
      )
    : [];
  return {
    version: row === undefined ? 0 : Number(row.slice(1)),
    log: log.map(({ step }) => step),
    tables: tables.map(({ number }) => number),
    ledger: ledger as FaultState["ledger"],
  };
}

/** Numbers from one. */
function countTo(end: number): readonly number[] {
  return Array.from({ length: end }, (_, index) => index + 1);
}

/** That the version table tells the truth: what it names is there, once, and beyond it only what the ledger names. */
export function assertTrueState(state: FaultState, description: string): void {
  const { version, log, tables, ledger } = state;
  const isUnderWay = ledger !== undefined;
  if (isUnderWay) {
    assert.equal(ledger.version_num, revisionId(version + 1), `${description}: the ledger's revision`);
  }
  const possible = isUnderWay ? [countTo(version), countTo(version + 1)] : [countTo(version)];
  assert.ok(
    possible.some((numbers) => numbers.join() === tables.join()),
    `${description}: at ${String(version)} there are the tables ${tables.join()}`,
  );
  assert.ok(
    possible.some((numbers) => numbers.join() === log.join()),
    `${description}: at ${String(version)} the log has ${log.join()}`,
  );
}

/** That a database is where an undisturbed run leaves it. */
export async function assertComplete(
  url: string,
  revisions: number,
  expected: { readonly dump: string; readonly dumpSchema: (url: string) => Promise<string> },
  description: string,
): Promise<void> {
  const state = await readFaultState(url);
  assert.deepEqual(
    state,
    { version: revisions, log: countTo(revisions), tables: countTo(revisions), ledger: undefined },
    description,
  );
  assert.equal(await expected.dumpSchema(url), expected.dump, `${description}: the dump`);
}
