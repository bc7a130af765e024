import assert from "node:assert/strict";
import type { CommandContext } from "../../src/context/commandContext";
import type { ConfirmedPlan } from "../../src/context/commandTable";
import { runCommand } from "../../src/commands/commands";
import { createContext } from "../../src/context/createContext";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

function contextOf(project: ProjectFolder, url: string): Promise<CommandContext> {
  return createContext({
    workingDirectory: project.path,
    configPath: undefined,
    section: undefined,
    url,
    environment: undefined,
    xArguments: new Map(),
    variables: {},
    report: () => undefined,
    signal: new AbortController().signal,
  });
}

async function planDowngrade(project: ProjectFolder, url: string): Promise<ConfirmedPlan> {
  const options = { target: "-1", plan: true };
  const plan = await runCommand("downgrade", await contextOf(project, url), options);
  assert.equal(plan.kind, "plan");
  const { database, versionTable, rows, steps, files = [] } = plan;
  return { database, versionTable, rows, steps, files };
}

/** Reverts one revision, if that is still what was confirmed; gives the message of a refusal. */
async function downgradeAsConfirmed(
  project: ProjectFolder,
  url: string,
  confirmed: ConfirmedPlan,
): Promise<string> {
  try {
    const options = { target: "-1", confirmed };
    const result = await runCommand("downgrade", await contextOf(project, url), options);
    return result.kind;
  } catch (error) {
    assert.ok(error instanceof Error && "code" in error && error.code === "plan-changed", String(error));
    return error.message.replace(/^Nothing was run, because the confirmed plan is no longer valid\. /, "");
  }
}

describe("a run of a confirmed plan", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  let url: string;
  let name: string;

  beforeEach(async () => {
    url = await (await sharedPostgres()).createDatabase();
    project = createProjectFolder({
      "alembic.config.json": `{ "scriptLocation": "migrations" }`,
      "migrations/versions/a1.ts": revisionText({ id: "a1" }),
      "migrations/versions/b2.ts": revisionText({ id: "b2", down: "a1" }),
      "migrations/versions/c3.ts": revisionText({ id: "c3", down: "b2" }),
    });
    await runCommand("upgrade", await contextOf(project, url), { target: "head" });
    name = (await planDowngrade(project, url)).database.name;
  });
  afterEach(() => project.remove());

  it("does what was confirmed, once", async () => {
    const plan = await planDowngrade(project, url);
    assert.deepEqual(
      [plan.versionTable, plan.rows, plan.steps.map(({ revision }) => revision)],
      ["public.alembic_version", ["c3"], ["c3"]],
    );
    assert.equal(await downgradeAsConfirmed(project, url, plan), "ran");
    assert.deepEqual(await versionRows(url), ["b2"]);
    assert.equal(await downgradeAsConfirmed(project, url, plan), "The database was at c3, and is now at b2.");
    assert.deepEqual(await versionRows(url), ["b2"]);
  });

  it("does nothing on another database that stands where the first one stood", async () => {
    const plan = await planDowngrade(project, url);
    const other = await (await sharedPostgres()).createDatabase();
    await runCommand("upgrade", await contextOf(project, other), { target: "head" });
    const otherName = (await planDowngrade(project, other)).database.name;
    assert.equal(
      await downgradeAsConfirmed(project, other, plan),
      `It was made for ${name}, and the project's database is now ${otherName}.`,
    );
    assert.deepEqual([await versionRows(url), await versionRows(other)], [["c3"], ["c3"]]);
  });

  it("does nothing in another schema of the same database", async () => {
    const plan = await planDowngrade(project, url);
    await queryRows(url, "CREATE SCHEMA tenant");
    await queryRows(url, "CREATE TABLE tenant.alembic_version AS SELECT * FROM alembic_version");
    const tenant = new URL(url);
    tenant.searchParams.set("options", "-c search_path=tenant");
    assert.equal(
      await downgradeAsConfirmed(project, tenant.href, plan),
      "It was made for the version table public.alembic_version, and the project's is now tenant.alembic_version.",
    );
    assert.deepEqual(await versionRows(url, "tenant.alembic_version"), ["c3"]);
  });

  it("does nothing with other steps", async () => {
    const plan = await planDowngrade(project, url);
    project.write({ "migrations/versions/c3.ts": revisionText({ id: "c3", down: "a1" }) });
    assert.equal(
      await downgradeAsConfirmed(project, url, plan),
      "The revision files have changed: its steps were c3 -> b2, and would now be c3 -> a1.",
    );
    assert.deepEqual(await versionRows(url), ["c3"]);
  });

  it("does nothing with a revision file that was edited, though the steps are the same", async () => {
    const plan = await planDowngrade(project, url);
    const downgrade = `  await op.execute("DROP SCHEMA public CASCADE");`;
    project.write({ "migrations/versions/c3.ts": revisionText({ id: "c3", down: "b2", downgrade }) });
    assert.equal(
      await downgradeAsConfirmed(project, url, plan),
      "These revision files were edited in the meantime: c3.",
    );
    assert.deepEqual(await versionRows(url), ["c3"]);
  });

  it("stamps what was confirmed", async () => {
    const context = await contextOf(project, url);
    const plan = await runCommand("stamp", context, { targets: ["a1"], plan: true });
    assert.equal(plan.kind, "plan");
    assert.deepEqual([plan.rows, plan.heads, await versionRows(url)], [["c3"], ["a1"], ["c3"]]);
    await runCommand("stamp", context, { targets: ["a1"], confirmed: plan });
    assert.deepEqual(await versionRows(url), ["a1"]);
    await assert.rejects(runCommand("stamp", context, { targets: ["b2"], confirmed: plan }), {
      code: "plan-changed",
    });
  });
});
