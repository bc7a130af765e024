import assert from "node:assert/strict";
import { copyExample, createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";

const config = `import { defineConfig } from "alembic-ts";

export default defineConfig({ scriptLocation: "migrations" });
`;

const file = (name: string): string => `migrations/versions/${name}.ts`;
const create = (table: string): string =>
  `  await op.createTable("${table}", { columns: { id: { type: "integer", primaryKey: true } } });`;
const drop = (table: string): string => `  await op.dropTable("${table}");`;

/** A chain whose revisions fail in each way, and a branch that does not. */
const flawed = {
  "alembic.config.ts": config,
  [file("a")]: revisionText({ id: "a", upgrade: create("users"), downgrade: drop("users") }),
  [file("b")]: revisionText({ id: "b", down: "a", upgrade: create("posts") }),
  [file("c")]: revisionText({
    id: "c",
    down: "b",
    upgrade: create("tags"),
    downgrade: `  throw new Error("what was merged can't be told apart");`,
  }),
  [file("d")]: revisionText({ id: "d", down: "c", upgrade: create("marks"), downgrade: drop("mark") }),
  [file("e")]: revisionText({ id: "e", down: "d", upgrade: drop("no_such_table") }),
  [file("f")]: revisionText({ id: "f", down: "e" }),
  [file("g")]: revisionText({ id: "g", down: "a", upgrade: create("logs"), downgrade: drop("logs") }),
};

describe("test, the round trip of revisions", function () {
  this.timeout(120_000);
  const projects: ProjectFolder[] = [];
  after(() => projects.forEach((project) => project.remove()));

  function keep(project: ProjectFolder): ProjectFolder {
    projects.push(project);
    return project;
  }

  it("passes for every revision of the example, and leaves no database behind", async () => {
    const project = keep(copyExample());
    const { exitCode, stdout } = await project.run(["test"]);
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /^ok {6}abc123, /m);
    assert.match(stdout, /^7 passed, 0 failed\n(?=ok {6}mno345, )/m);
    assert.deepEqual(project.list(".alembic"), []);
  });

  it("tells what is wrong with each that fails, and goes on with the others", async () => {
    const project = keep(createProjectFolder(flawed));
    const { exitCode, stdout } = await project.run(["test", "--json"]);
    const { outcomes } = JSON.parse(stdout) as {
      readonly outcomes: readonly {
        readonly revision: string;
        readonly kind: string;
        readonly reason?: string;
        readonly by?: string;
        readonly failure?: {
          readonly phase: string;
          readonly location?: { readonly line: number };
          readonly schema?: { readonly expected: string; readonly actual: string };
        };
      }[];
    };
    const byId = new Map(outcomes.map((outcome) => [outcome.revision, outcome]));
    assert.deepEqual(outcomes.map(({ revision, kind }) => `${revision} ${kind}`).sort(), [
      "a passed",
      "b failed",
      "c irreversible",
      "d failed",
      "e failed",
      "f blocked",
      "g passed",
    ]);
    assert.equal(exitCode, 255);
    assert.equal(byId.get("c")?.reason, "what was merged can't be told apart");
    assert.equal(byId.get("f")?.by, "e");
    const { schema } = byId.get("b")?.failure ?? {};
    assert.doesNotMatch(schema?.expected ?? "", /posts/);
    assert.match(schema?.actual ?? "", /CREATE TABLE "?posts"?/);
    assert.deepEqual(
      ["b", "d", "e"].map((id) => byId.get(id)?.failure?.phase),
      ["downgrade", "downgrade", "upgrade"],
    );
    assert.equal(byId.get("d")?.failure?.location?.line, 20);
  });

  it("goes on on the same database after a failure, and takes away what a downgrade left", async () => {
    const telling = `  process.stderr.write("a is applied\\n");\n${create("users")}`;
    const project = keep(
      createProjectFolder({
        ...flawed,
        [file("a")]: revisionText({ id: "a", upgrade: telling, downgrade: drop("users") }),
      }),
    );
    const { stdout, stderr } = await project.run(["test"]);
    assert.match(stdout, /^2 passed, 3 failed, 1 one-way, 1 blocked$/m);
    assert.equal(stderr.match(/^a is applied$/gm)?.length, 2, "in its own trip, and never again");
  });

  it("tries those that are named, on what they stand on", async () => {
    const project = keep(createProjectFolder(flawed));
    const { exitCode, stdout } = await project.run(["test", "g"]);
    assert.deepEqual([exitCode, stdout], [0, "ok      g, add g\n1 passed, 0 failed\n"]);
    const failing = await project.run(["test", "b"]);
    assert.equal(failing.exitCode, 255);
    assert.match(failing.stdout, /^ {10}\+ CREATE TABLE "?posts"?/m);
  });

  it("prints each result as it comes, and keeps those that it has when it is stopped", async () => {
    const stopped = {
      "alembic.config.ts": config,
      [file("a")]: revisionText({ id: "a", upgrade: create("users"), downgrade: drop("users") }),
      [file("b")]: revisionText({
        id: "b",
        down: "a",
        upgrade: `  process.kill(process.pid, "SIGTERM");
  for (;;) {
    await op.execute("SELECT 1");
    await new Promise((resolve) => setImmediate(resolve));
  }`,
      }),
    };
    const project = keep(createProjectFolder(stopped));
    const { exitCode, stdout } = await project.run(["test"]);
    assert.equal(exitCode, 143);
    assert.equal(stdout, "ok      a, add a\n1 passed, 0 failed\nFAILED: Cancelled.\n");
    const json = await project.run(["test", "--json"]);
    assert.equal(json.exitCode, 143);
    const { outcomes } = JSON.parse(json.stdout) as {
      readonly outcomes: readonly { readonly revision: string; readonly kind: string }[];
    };
    assert.deepEqual(
      outcomes.map(({ revision, kind }) => [revision, kind]),
      [["a", "passed"]],
    );
  });
});
