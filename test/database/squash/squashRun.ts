import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { SquashResult } from "../../../src/context/squashCommand";
import { startEngine } from "../../support/engineRuns";
import type { PostgresServer } from "../../support/postgresServer";
import type { ProjectFolder } from "../../support/projectFolder";

/** What is squashed, and where a database stands that has some of it. */
export interface SquashCase {
  /** `A:B`; A stands on nothing, or on what `below` names. */
  readonly range: string;
  /** The revision that the range ends with. */
  readonly last: string;
  /** A revision inside the range. */
  readonly middle: string;
  /** What the range stands on. */
  readonly below?: string;
  readonly configFile?: string;
  readonly versions?: string;
}

/** What a case has come to, for more claims about it. */
export interface SquashOutcome {
  readonly squashed: SquashResult;
  /** The files of the versions folder, when the old ones are gone. */
  readonly leftFiles: readonly string[];
}

/**
 * Squashes a range and holds what is promised of it: databases that have all, none or some of the revisions come to the same
 * schema, all ways down lead to the same one, and the old files are removed when no database needs them.
 */
export async function holdSquash(
  project: ProjectFolder,
  server: PostgresServer,
  {
    range,
    last,
    middle,
    below = "base",
    configFile = "alembic.config.json",
    versions = "migrations/versions",
  }: SquashCase,
): Promise<SquashOutcome> {
  const engine = startEngine(join(project.path, configFile));
  const urls = await Promise.all([0, 1, 2, 3].map(() => server.createDatabase()));
  const [all = "", none = "", some = "", back = ""] = urls;
  const rowsOf = async (url: string): Promise<readonly string[]> =>
    (await engine.run("status", {}, url)).rows;
  const upgrade = async (url: string, target = last): Promise<readonly (string | undefined)[]> => {
    const result = await engine.run("upgrade", { target }, url);
    return result.kind === "ran" ? result.steps.map(({ revision }) => revision) : [];
  };
  const downgrade = (url: string): Promise<unknown> => engine.run("downgrade", { target: below }, url);
  try {
    await upgrade(all);
    await upgrade(some, middle);
    await upgrade(back);
    await downgrade(back);
    if (below !== "base") {
      await upgrade(none, below);
    }
    const reverted = await server.dumpSchema(back);
    const made = await server.dumpSchema(all);

    const squashed = await engine.run("squash", { range, acceptDataSteps: true });
    assert.equal(squashed.isWritten, true);
    const { revisions } = await engine.run("heads", {});
    assert.deepEqual(
      revisions.map(({ revision }) => revision),
      [last],
      "one head",
    );

    assert.deepEqual(await upgrade(all), [], "a database that has them all has nothing to run");
    assert.deepEqual(await upgrade(none), [last], "one that has none runs the squashed revision");
    assert.equal(await server.dumpSchema(none), made);
    await downgrade(none);
    assert.equal(await server.dumpSchema(none), reverted, "downgrade of the squashed revision");
    await downgrade(all);
    assert.equal(await server.dumpSchema(all), reverted, "downgrade of what the old files made");

    await assert.rejects(engine.run("pruneSquashed", {}, some), /still needs the old files/);
    const steps = await upgrade(some);
    assert.ok(steps.length > 0 && steps.at(-1) === last, "one that has some uses the old files");
    assert.deepEqual(await rowsOf(some), [last]);
    assert.equal(await server.dumpSchema(some), made);

    const pruned = await engine.run("pruneSquashed", {}, some);
    assert.equal(pruned.isRemoved, true);
    await upgrade(none);
    assert.equal(await server.dumpSchema(none), made);
    return { squashed, leftFiles: readdirSync(join(project.path, versions)).sort() };
  } finally {
    await engine.end();
  }
}
