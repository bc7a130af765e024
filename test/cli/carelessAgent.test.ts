import assert from "node:assert/strict";
import { basename } from "node:path";
import { Client } from "pg";
import { runEveryCommand } from "../../src/cli/everyCommand";
import { commandLineFile, plainEnvironment, runProgram } from "../support/commandLine";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { connect, type Session } from "../support/mcpSession";
import { sharedPostgres } from "../support/sharedPostgres";
import {
  attempts,
  execute,
  file,
  next,
  reviewed,
  stateQuery,
  toolAttempts,
  type Attempt,
  type Variables,
} from "./carelessAttempts";

const agent = { CLAUDECODE: "1" };

describe("a careless agent", function () {
  this.timeout(120_000);
  const clients: Client[] = [];
  const given: Record<string, string> = {};
  let project: ProjectFolder;
  let untouched: readonly unknown[];

  const config = (lint: Attempt["lint"]): string =>
    JSON.stringify({
      scriptLocation: "migrations",
      environments: { stage: { url: given["DEV"] }, live: { url: given["LIVE"], production: true } },
      ...(lint === undefined ? {} : { lint }),
    });

  /** In this process: to start one for each takes longer than what it does. */
  async function run(
    args: readonly string[],
    env: Variables = {},
  ): Promise<{ status: number; text: string }> {
    let text = "";
    const stream = { write: (chunk: string) => (text += chunk) };
    const status = await runEveryCommand(args, {
      workingDirectory: project.path,
      variables: { ...plainEnvironment(), DATABASE_URL: given["DEV"], ...env },
      stdout: stream,
      stderr: stream,
      signal: new AbortController().signal,
    });
    return { status, text };
  }

  async function planOf(...args: readonly string[]): Promise<string> {
    const { text } = await run([...args, "--plan"]);
    return /^Plan ID: (\S+)$/m.exec(text)?.[1] ?? assert.fail(text);
  }

  async function state(): Promise<readonly unknown[]> {
    const answers = await Promise.all(clients.map((client) => client.query<{ state: string }>(stateQuery)));
    return answers.map(({ rows }) => rows[0]?.state);
  }

  before(async () => {
    const server = await sharedPostgres();
    for (const name of ["DEV", "LIVE"]) {
      const url = await server.createDatabase();
      given[name] = url;
      const client = new Client({ connectionString: url });
      clients.push(client);
      await client.connect();
    }
    given["ALIAS"] = (given["LIVE"] ?? "")
      .replace("@127.0.0.1:", "@localhost:")
      .replace("@[::1]:", "@localhost:");
    project = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": config(undefined),
      ...reviewed,
    });
    project.linkModules();
    assert.equal((await run(["--environment", "live", "upgrade", "a1"])).status, 0);
    assert.equal((await run(["upgrade", "a1"])).status, 0);
    given["OLD"] = await planOf("upgrade", "b2");
    assert.equal((await run(["upgrade", "b2", "--approved", given["OLD"]])).status, 0);
    untouched = await state();
  });
  after(async () => {
    await Promise.all(clients.map((client) => client.end()));
    project.remove();
  });

  function start({ files = {}, lint }: Pick<Attempt, "files" | "lint">): void {
    const kept = new Set(Object.keys(reviewed).map((path) => basename(path)));
    for (const name of project.list("migrations/versions").filter((each) => !kept.has(each))) {
      project.removeFile(`migrations/versions/${name}`);
    }
    const texts = Object.entries({ ...reviewed, ...files }).map(([name, text]) => [
      name,
      text.replaceAll("DEV_URL", given["DEV"] ?? ""),
    ]);
    project.write({
      ".env": "",
      "alembic.config.json": config(lint),
      ...(Object.fromEntries(texts) as Variables),
    });
  }

  const isEvery = process.env["CARELESS_ATTEMPTS"] === "every";
  const tried = attempts.filter(({ isSlow }, index) => isEvery || (isSlow !== true && index % 3 === 0));
  for (const attempt of tried) {
    it(`${attempt.name}: changes no database`, async () => {
      const { lines, edited = {}, env = {}, says, isHarmless } = attempt;
      start(attempt);
      if (lines.flat().includes("ID")) {
        given["ID"] = await planOf("upgrade", "head");
      }
      project.write(edited);
      const variables = Object.entries({ ...agent, ...env }).map(([name, value]) => [
        name,
        given[value] ?? value,
      ]);
      let last = { status: 0, text: "" };
      for (const line of lines) {
        last = await run(
          line.map((word) => given[word] ?? word),
          Object.fromEntries(variables) as Variables,
        );
      }
      assert.deepEqual(await state(), untouched, last.text);
      assert.match(last.text, says);
      assert.ok(isHarmless === true || last.status !== 0, last.text);
      assert.match(last.text, isHarmless === true ? /\S/ : /Hint: \S|`alembic-ts \S+ --help`/);
    });
  }

  describe("over MCP", () => {
    let session: Session;
    before(async () => {
      start({});
      session = await connect(project, { DATABASE_URL: given["DEV"] ?? "" });
    });
    after(() => session.client.close());

    for (const [name, tool, args, says] of toolAttempts) {
      it(`${name}: changes no database`, async () => {
        start({ files: next("") });
        given["ID"] = String((await session.call("plan")).data["id"]);
        const named = Object.entries(args).map(([key, value]) => [key, given[String(value)] ?? value]);
        const answer = await session
          .call(tool, Object.fromEntries(named) as Record<string, unknown>)
          .catch((error: unknown) => ({ isError: true, text: String(error) }));
        assert.deepEqual([answer.isError, await state()], [true, untouched], answer.text);
        assert.match(answer.text, says);
      });
    }

    it("is given no ID of a plan that drops, or of production", async () => {
      start({ files: next(execute("DROP TABLE t")) });
      for (const args of [{}, { environment: "live" }]) {
        const { data, text } = await session.call("plan", args);
        assert.equal(data["id"], null, text);
        assert.match(String(data["withheld"]), /Ask a person/);
      }
    });

    it("runs one plan once, however often it is asked to at once, and not after an edit", async () => {
      start({ files: next("") });
      const { id } = (await session.call("plan")).data;
      project.write(next(execute("DROP TABLE t")));
      const answers = await Promise.all([1, 2, 3].map(() => session.call("upgrade", { plan_id: id })));
      assert.deepEqual(
        answers.map(({ isError }) => isError),
        [true, true, true],
      );
      assert.match(answers[0]?.text ?? "", /A revision file has changed since/);
      assert.deepEqual(await state(), untouched);
    });
  });

  it("runs nothing twice by one ID that two use at once", async () => {
    start({ files: next(execute("INSERT INTO t VALUES (2, 'once')")) });
    const id = await planOf("upgrade", "head");
    const line = ["upgrade", "head", "--approved", id];
    const ended = await Promise.all([run(line, agent), run(line, agent)]);
    assert.deepEqual(ended.map(({ status }) => status).sort(), [0, 255]);
    assert.match(ended.map(({ text }) => text).join(), /The version table was different: it is now at c3/);
    for (const statement of ["DELETE FROM t WHERE id = 2", "UPDATE alembic_version SET version_num = 'b2'"]) {
      await clients[0]?.query(statement);
    }
    assert.deepEqual(await state(), untouched);
  });

  if (process.platform === "linux") {
    it("turns the guard off in a script of its own, which does not count, as a person's choice does", async () => {
      start({});
      const program = `"${process.execPath}" "${commandLineFile()}" downgrade -1`;
      const options = { cwd: project.path, env: { DATABASE_URL: given["DEV"] ?? "" } };
      const inScript = `CLAUDECODE=1 sh -c 'ALEMBIC_AGENT_GUARD=off ${program}; exit $?'; exit $?`;
      const refused = await runProgram("sh", ["-c", inScript], options);
      assert.match(refused.stdout, /needs a person's approval/);
      assert.deepEqual(await state(), untouched);
      const chosen = `ALEMBIC_AGENT_GUARD=off CLAUDECODE=1 sh -c '${program} --plan; exit $?'; exit $?`;
      const planned = await runProgram("sh", ["-c", chosen], options);
      assert.match(planned.stdout, /^Plan ID: /m);
    });
  }

  it("is asked about a rename, instead of writing a revision that drops the column", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const entities = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({
        scriptLocation: "migrations",
        dataSource: "source.ts",
        url,
      }),
      "source.ts": `import { DataSource, EntitySchema } from "typeorm";
const Cup = new EntitySchema({ name: "cup", columns: { id: { type: Number, primary: true, primaryKeyConstraintName: "pk" }, full_name: { type: "text", nullable: true } } });
export const source = new DataSource({ type: "postgres", url: ${JSON.stringify(url)}, entities: [Cup] });
`,
      [file("a1")]: revisionText({
        id: "a1",
        upgrade: execute("CREATE TABLE cup (id integer CONSTRAINT pk PRIMARY KEY, name text)"),
      }),
    });
    try {
      entities.linkModules();
      assert.equal((await entities.run(["upgrade", "head"], { env: agent })).exitCode, 0);
      const generate = ["revision", "--autogenerate", "-m", "names"];
      const asked = await entities.run(generate, { env: agent });
      assert.equal(asked.exitCode, 255);
      assert.match(
        asked.stdout,
        /Nothing was written, because these may be renames: column cup\.name to cup\.full_name/,
      );
      assert.match(
        asked.stderr,
        /Hint: Ask the user about each\. .*--rename cup\.name:cup\.full_name.*--no-renames/,
      );
      const overMcp = await connect(entities);
      const { data } = await overMcp.call("autogenerate", { message: "names" });
      await overMcp.client.close();
      assert.deepEqual(
        [data["is_written"], data["questions"]],
        [
          false,
          [{ kind: "column", from: "cup.name", to: "cup.full_name", answer: "cup.name:cup.full_name" }],
        ],
      );
      assert.deepEqual(entities.list("migrations/versions"), ["a1.ts"]);
      const answered = [...generate, "--rename", "cup.name:cup.full_name"];
      assert.equal((await entities.run(answered, { env: agent })).exitCode, 0);
    } finally {
      entities.remove();
    }
  });
});
