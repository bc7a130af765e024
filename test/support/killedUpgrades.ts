import assert from "node:assert/strict";
import { createFaultProject, type FaultProjectKind } from "./faultProject";
import {
  assertComplete,
  assertTrueState,
  readFaultState,
  seededRandom,
  spreadMoments,
  startCommand,
  untilQuiet,
  type Moment,
} from "./faultRun";
import type { PostgresServer } from "./postgresServer";

export interface KilledUpgradesOptions {
  readonly kind: FaultProjectKind;
  readonly transactionPerMigration: boolean;
  readonly revisions: number;
  readonly points: number;
  readonly seed: number;
}

/** What came of the kills. */
export interface KilledUpgradesSummary {
  /** Runs that were still running when they were killed. */
  killed: number;
  /** Runs after which a revision was under way outside a transaction. */
  underWay: number;
}

/**
 * Kills an upgrade (SIGKILL) at random moments, each time on an empty database, and lets the next one finish it.
 * After every second kill the state between is looked at; after the others the next run starts at once, while the
 * server may still be busy for the dead one.
 */
export async function killUpgrades(
  server: PostgresServer,
  options: KilledUpgradesOptions,
): Promise<KilledUpgradesSummary> {
  const project = createFaultProject(options);
  try {
    const undisturbed = await server.createDatabase();
    // Once before the timed one, so that the revision files are compiled.
    await startCommand(project.path, await server.createDatabase(), ["upgrade", "head"]).ended;
    const run = await timeUpgrade(project.path, undisturbed, options.revisions);
    const expected = {
      dump: await server.dumpSchema(undisturbed),
      dumpSchema: server.dumpSchema.bind(server),
    };
    await assertComplete(undisturbed, options.revisions, expected, "undisturbed");
    const summary: KilledUpgradesSummary = { killed: 0, underWay: 0 };
    const moments = spreadMoments(options.points, run, seededRandom(options.seed));
    for (const [index, moment] of moments.entries()) {
      const description = `seed ${String(options.seed)}, point ${String(index)}: ${describeMoment(moment)}`;
      const url = await server.createDatabase();
      const command = startCommand(project.path, url, ["upgrade", "head"]);
      await command.reach(moment);
      command.kill("SIGKILL");
      summary.killed += (await command.ended).exitCode === undefined ? 1 : 0;
      let cutOffAt: string | undefined;
      if (index % 2 === 0) {
        await untilQuiet(url);
        const state = await readFaultState(url);
        assertTrueState(state, description);
        cutOffAt = state.ledger === undefined ? undefined : `statement ${String(state.ledger.position)}`;
        summary.underWay += state.ledger === undefined ? 0 : 1;
      }
      const next = await startCommand(project.path, url, ["upgrade", "head"]).ended;
      assert.equal(next.exitCode, 0, `${description}: the next run\n${next.stdout}${next.stderr}`);
      if (cutOffAt !== undefined) {
        assert.ok(
          next.stderr.includes("was interrupted in an earlier run") && next.stderr.includes(cutOffAt),
          `${description}: the next run names the step\n${next.stderr}`,
        );
      }
      await assertComplete(url, options.revisions, expected, description);
      await server.dropDatabase(url);
    }
    return summary;
  } finally {
    project.remove();
  }
}

/** Runs an undisturbed upgrade; when its first line of progress came, and when it ended, in milliseconds. */
async function timeUpgrade(
  folder: string,
  url: string,
  lines: number,
): Promise<{ readonly lines: number; readonly start: number; readonly end: number }> {
  const began = Date.now();
  const command = startCommand(folder, url, ["upgrade", "head"]);
  await command.reach({ line: 1, milliseconds: 0 });
  const start = Date.now() - began;
  const result = await command.ended;
  assert.equal(result.exitCode, 0, result.stdout + result.stderr);
  return { lines, start, end: Date.now() - began };
}

function describeMoment({ line, milliseconds }: Moment): string {
  return `${String(milliseconds)} ms after ${line === undefined ? "the start" : `line ${String(line)}`}`;
}
