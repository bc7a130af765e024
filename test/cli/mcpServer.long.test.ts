import assert from "node:assert/strict";
import { callAtRandom, callEveryTool, connect, toolNames, type Session } from "../support/mcpSession";
import { copyExample, createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const file = (name: string): string => `migrations/versions/${name}.ts`;
const execute = (sql: string): string => `  await op.execute(${JSON.stringify(sql)});`;
const tables = {
  "package.json": "{}",
  "alembic.config.ts": `export default { scriptLocation: "migrations", url: process.env.DATABASE_URL, environments: { live: { url: process.env.LIVE, production: true } } };\n`,
  [file("a1")]: revisionText({
    id: "a1",
    upgrade: execute("CREATE TABLE t (id integer)"),
    downgrade: execute("DROP TABLE t"),
  }),
};

describe("the MCP server", function () {
  this.timeout(240_000);
  const open: (() => Promise<unknown> | void)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) {
      await close();
    }
  });

  async function session(project: ProjectFolder, env?: Readonly<Record<string, string>>): Promise<Session> {
    open.push(() => project.remove());
    const connected = await connect(project, env);
    open.push(() => connected.client.close());
    return connected;
  }

  it("lists its tools with schemas and hints, and none that downgrades, stamps or purges", async () => {
    const { client } = await session(createProjectFolder(tables));
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      toolNames,
    );
    assert.deepEqual(
      tools.filter(({ annotations }) => annotations?.destructiveHint === true).map(({ name }) => name),
      ["upgrade"],
    );
    assert.ok(tools.every(({ outputSchema }) => outputSchema?.type === "object"));
  });

  it("answers with every tool on the example", async () => {
    const project = copyExample();
    project.linkModules();
    const url = await (await sharedPostgres()).createDatabase();
    await callEveryTool(await session(project, { DATABASE_URL: url }));
  });

  it("reads files without running any of the project's code", async () => {
    const project = createProjectFolder({
      ...tables,
      "alembic.config.ts": `${tables["alembic.config.ts"]}require("node:fs").writeFileSync("ran-config", "");\n`,
      [file("b2")]:
        `require("node:fs").writeFileSync("ran-revision", "");\n${revisionText({ id: "b2", down: "a1" })}`,
    });
    const { call } = await session(project);
    for (const [name, args] of [
      ["heads", {}],
      ["history", {}],
      ["show", { revision: "b2" }],
      ["problems", {}],
      ["environments", {}],
    ] as const) {
      const answer = await call(name, args);
      assert.equal(answer.isError, false, `${name}: ${answer.text}`);
    }
    assert.deepEqual(
      project.list(".").filter((name) => name.startsWith("ran-")),
      [],
    );
  });

  it("changes no database without a plan of its own that still holds", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const project = createProjectFolder(tables);
    const { call } = await session(project, { DATABASE_URL: url, LIVE: url.replace(/\/[^/]*$/, "/live") });
    const refusals: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
      ["upgrade", { plan_id: "yes" }, /returned no such ID in this session/],
      ["upgrade", {}, /plan_id/],
      ["upgrade", { plan_id: "a", target: "head" }, /target/],
      ["plan", { target: "nosuch" }, /Can't locate revision[^]*\n {2}Code: unknown-revision$/],
    ];
    for (const [name, args, says] of refusals) {
      const refused = await call(name, args);
      assert.equal(refused.isError, true);
      assert.match(refused.text, says);
    }
    const { id } = (await call("plan", { target: "a1" })).data;
    project.write({ [file("a1")]: `${tables[file("a1")] ?? ""}\n// edited\n` });
    const edited = await call("upgrade", { plan_id: id });
    assert.match(edited.text, /A revision file has changed since/);
    const again = (await call("plan", { target: "a1" })).data["id"];
    assert.equal((await call("upgrade", { plan_id: again })).isError, false);
    assert.equal((await call("upgrade", { plan_id: again })).isError, true);
    assert.deepEqual(await versionRows(url), ["a1"]);
    project.write({ [file("b2")]: revisionText({ id: "b2", down: "a1", upgrade: execute("DROP TABLE t") }) });
    const lossy = (await call("plan")).data;
    assert.equal(lossy["id"], null);
    assert.match(String(lossy["withheld"]), /may lose data.*Ask a person/);
    assert.deepEqual(await queryRows(url, "SELECT to_regclass('t')::text AS t"), [{ t: "t" }]);
  });

  it("gives no plan of production, whatever names its database", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const project = createProjectFolder({
      ...tables,
      "alembic.config.ts": `export default { scriptLocation: "migrations", url: process.env.LIVE, environments: { live: { url: process.env.LIVE, production: true } } };\n`,
    });
    const { call } = await session(project, { LIVE: url });
    for (const args of [{ environment: "live" }, {}]) {
      const { data, text } = await call("plan", args);
      assert.equal(data["id"], null, text);
      assert.match(String(data["withheld"]), /production environment live/);
    }
    assert.equal(await versionRows(url), undefined);
  });

  it("survives malformed, cancelled and concurrent calls", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const connected = await session(createProjectFolder(tables), { DATABASE_URL: url });
    await callAtRandom(connected, 60);
    assert.equal((await connected.call("heads")).isError, false);
    assert.equal(await versionRows(url), undefined);
  });

  it("gives long answers in pages", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 250 }, (_each, index) => {
        const id = `r${String(index)}`;
        return [file(id), revisionText({ id, down: index === 0 ? "a1" : `r${String(index - 1)}` })];
      }),
    );
    const { call } = await session(createProjectFolder({ ...tables, ...many }));
    const seen: string[] = [];
    for (let offset: unknown = 0; offset !== null;) {
      const { data, text } = await call("history", { offset });
      assert.ok(text.length < 40_000, String(text.length));
      seen.push(...(data["entries"] as { readonly revision: string }[]).map(({ revision }) => revision));
      offset = data["next_offset"];
    }
    assert.equal(new Set(seen).size, 251);
  });
});
