import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandLineResult } from "../support/commandLine";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import type { PostgresServer } from "../support/postgresServer";
import { sharedPostgres } from "../support/sharedPostgres";

const file = (name: string): string => `migrations/versions/${name}.ts`;
const execute = (...statements: readonly string[]): string =>
  statements.map((statement) => `  await op.execute(${JSON.stringify(statement)});`).join("\n");

/** A line of revisions, each a table. */
const table = (id: string, down: string | readonly string[] | null, more = {}): Record<string, string> => ({
  [file(id)]: revisionText({
    id,
    down,
    upgrade: `  await op.createTable("t_${id}", { columns: { id: { type: "integer" } } });`,
    downgrade: `  await op.dropTable("t_${id}");`,
    ...more,
  }),
});
const line = { ...table("aaaa", null), ...table("bbbb", "aaaa"), ...table("cccc", "bbbb") };

describe("squash", function () {
  this.timeout(300_000);
  const projects: ProjectFolder[] = [];
  let server: PostgresServer;
  before(async () => {
    server = await sharedPostgres();
  });
  afterEach(() => projects.splice(0).forEach((project) => project.remove()));

  function project(files: Readonly<Record<string, string>>, config: object = {}): ProjectFolder {
    const made = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", ...config }),
      ...files,
    });
    projects.push(made);
    return made;
  }
  async function run(folder: ProjectFolder, ...args: readonly string[]): Promise<CommandLineResult> {
    const result = await folder.run(args);
    assert.equal(result.exitCode, 0, `${args.join(" ")}: ${result.stdout}${result.stderr}`);
    return result;
  }
  const versions = (folder: ProjectFolder): readonly string[] => folder.list("migrations/versions");

  it("refuses to squash changed rows where nobody can be asked, and lists them", async () => {
    const folder = project({
      ...line,
      ...table("dddd", "cccc", { upgrade: execute("INSERT INTO t_aaaa VALUES (1)"), downgrade: "" }),
    });
    const { exitCode, stdout, stderr } = await folder.run(["squash", "aaaa:dddd"]);
    assert.deepEqual([exitCode, versions(folder).length], [255, 4]);
    assert.match(stdout + stderr, /dddd upgrade: INSERT INTO t_aaaa VALUES \(1\)/);
    assert.match(stdout + stderr, /--accept-data-steps/);
  });

  it("writes nothing where one revision can't make what the range makes", async () => {
    const folder = project({
      ...table("aaaa", null, { upgrade: '  await connection.query("CREATE TABLE t_aaaa (id integer)");' }),
      ...table("bbbb", "aaaa", {
        upgrade: execute("INSERT INTO t_aaaa VALUES (1)"),
        downgrade: "",
      }),
    });
    const { exitCode, stdout, stderr } = await folder.run(["squash", ":bbbb", "--accept-data-steps"]);
    assert.deepEqual([exitCode, versions(folder)], [255, ["aaaa.ts", "bbbb.ts"]]);
    assert.match(stdout + stderr, /One revision can't make what these make\. Nothing was written\./);
    assert.match(stdout + stderr, /t_aaaa/);
  });

  it("keeps what the revisions say for later ones", async () => {
    const remark = "// Only in the database, left alone: index t_aaaa.ix_hand";
    const folder = project({
      ...line,
      ...table("bbbb", "aaaa", {
        upgrade: `  ${remark}\n  await op.createTable("t_bbbb", { columns: { id: { type: "integer" } } });`,
      }),
    });
    await run(folder, "squash", "bbbb:cccc", "-m", "both");
    const [name = ""] = versions(folder).filter((each) => each.includes("both"));
    const text = readFileSync(join(folder.path, "migrations/versions", name), "utf8");
    assert.ok(text.includes(`Promise<void> {\n  ${remark}\n  await op.createTable(`), text);
  });

  it("removes no file where an environment does not answer", async () => {
    const silent = "postgresql://shop:secretword@127.0.0.1:1/shop?sslmode=disable";
    const folder = project(line, {
      url: await server.createDatabase(),
      environments: { silent: { url: silent } },
    });
    await run(folder, "squash", ":cccc");
    const before = versions(folder);
    const { exitCode, stdout, stderr } = await folder.run(["squash", "--prune"]);
    assert.deepEqual([exitCode, versions(folder)], [255, before]);
    assert.match(stdout + stderr, /Can't tell whether silent needs the replaced revisions/);
    assert.doesNotMatch(stdout + stderr, /secretword/);
  });

  it("squashes a squashed revision, whose old files may be gone", async () => {
    const url = await server.createDatabase();
    const folder = project({ ...line, ...table("dddd", "cccc") }, { url });
    await run(folder, "upgrade", "cccc");
    await run(folder, "squash", ":cccc");
    await run(folder, "squash", "--prune");
    await run(folder, "squash", ":dddd");
    const shown = (await run(folder, "show", "dddd")).stdout;
    assert.match(shown, /aaaa.*bbbb.*cccc.*dddd/s);
    await run(folder, "upgrade", "head");
    await run(folder, "squash", "--prune");
    assert.equal(versions(folder).length, 1);
    const made = await server.dumpSchema(url);
    await run(folder, "downgrade", "base");
    await run(folder, "upgrade", "head");
    assert.equal(await server.dumpSchema(url), made);
  });

  it("keeps labels and dependencies of the range", async () => {
    const url = await server.createDatabase();
    const folder = project(
      {
        ...table("base1", null),
        ...table("other", "base1", { labels: ["side"] }),
        ...table("aaaa", "base1", { labels: ["shop"] }),
        ...table("bbbb", "aaaa", { dependsOn: "other" }),
        ...table("cccc", "bbbb"),
        ...table("dddd", "cccc"),
      },
      { url },
    );
    await run(folder, "upgrade", "bbbb");
    await run(folder, "squash", "aaaa:cccc");
    assert.match((await run(folder, "heads")).stdout, /dddd/);
    const written = versions(folder).find((name) => !/^(?:base1|other|[a-d]{4})\.ts$/.test(name)) ?? "";
    const text = readFileSync(join(folder.path, "migrations/versions", written), "utf8");
    assert.match(text, /down_revision: string \| string\[\] \| null = "base1"/);
    assert.match(text, /branch_labels: string\[\] \| null = \["shop"\]/);
    assert.match(text, /depends_on: string\[\] \| null = \["other"\]|depends_on: .* = "other"/);
    await run(folder, "upgrade", "shop@head");
    const some = await server.dumpSchema(url);
    const fresh = await server.createDatabase();
    await run(folder, "--url", fresh, "upgrade", "shop@head");
    assert.equal(await server.dumpSchema(fresh), some);
    await run(folder, "squash", "--prune");
    await run(folder, "downgrade", "base");
    await run(folder, "--url", fresh, "downgrade", "base");
    assert.equal(await server.dumpSchema(fresh), await server.dumpSchema(url));
  });

  it("takes names with quotes", async () => {
    const url = await server.createDatabase();
    const odd = `o"d'd \${x} \`t\` \\ */`;
    const folder = project(
      {
        ...table("aaaa", null, {
          message: `say "hi" to 'you' and \`them\``,
          upgrade: `  await op.createTable(${JSON.stringify(odd)}, { columns: { ${JSON.stringify(odd)}: { type: "text", default: ${JSON.stringify(odd)}, comment: ${JSON.stringify(odd)} } } });`,
          downgrade: `  await op.dropTable(${JSON.stringify(odd)});`,
        }),
        ...table("bbbb", "aaaa", {
          upgrade: `  await op.createIndex(${JSON.stringify(`ix ${odd}`)}, ${JSON.stringify(odd)}, [${JSON.stringify(odd)}]);\n${execute(`UPDATE ${JSON.stringify("t")} SET x = 1`).replace(/.*/, "")}`,
          downgrade: `  await op.dropIndex(${JSON.stringify(`ix ${odd}`)}, ${JSON.stringify(odd)});`,
        }),
      },
      { url },
    );
    await run(folder, "upgrade", "head");
    const made = await server.dumpSchema(url);
    await run(folder, "squash", ":bbbb", "-m", odd);
    await run(folder, "squash", "--prune");
    await run(folder, "downgrade", "base");
    await run(folder, "upgrade", "head");
    assert.equal(await server.dumpSchema(url), made);
  });

  it("writes at most one of two squashed revisions that are made at the same time", async () => {
    const folder = project(line);
    const results = await Promise.all(
      ["one", "two"].map((message) => folder.run(["squash", ":cccc", "-m", message])),
    );
    const done = results.filter(({ exitCode }) => exitCode === 0);
    assert.ok(done.length <= 1 && versions(folder).length === 3 + done.length, versions(folder).join(" "));
    for (const { stdout } of results.filter(({ exitCode }) => exitCode !== 0)) {
      assert.match(stdout, /^FAILED: Revision files changed while the range was squashed/);
    }
    assert.equal((await run(folder, "heads")).stdout, "cccc (head)\n");
  });

  it("writes nothing where a revision of the range is edited meanwhile", async () => {
    const folder = project({
      ...line,
      ...table("dddd", "cccc", {
        upgrade:
          '  (await import("node:fs")).appendFileSync(`${process.cwd()}/migrations/versions/aaaa.ts`, "// edited");',
        downgrade: "",
      }),
    });
    const { exitCode, stdout } = await folder.run(["squash", ":dddd"]);
    assert.deepEqual([exitCode, versions(folder).length], [255, 4]);
    assert.match(stdout, /^FAILED: Revision files changed while .*aaaa\.ts/);
  });

  const spellings: readonly {
    readonly name: string;
    readonly change: (text: string) => string;
    readonly rename?: string;
  }[] = [
    { name: "lines that end with CRLF", change: (text) => text.replaceAll("\n", "\r\n") },
    { name: "tabs and a byte order mark", change: (text) => `\uFEFF${text.replaceAll("  ", "\t")}` },
    { name: "file names with blanks and quotes", change: (text) => text, rename: 'it\'s a "file" (1)' },
    {
      name: "CommonJS",
      change: (text) =>
        text
          .replace(/^import type.*$/m, "")
          .replaceAll(/^export /gm, "")
          .concat(
            "module.exports = { revision, down_revision, branch_labels, depends_on, upgrade, downgrade };\n",
          ),
    },
  ];
  for (const { name, change, rename } of spellings) {
    it(`reads ${name}`, async () => {
      const folder = project(line);
      for (const id of ["aaaa", "bbbb", "cccc"]) {
        const path = join(folder.path, file(id));
        const text = change(readFileSync(path, "utf8"));
        writeFileSync(rename === undefined ? path : join(folder.path, file(`${rename} ${id}`)), text);
        if (rename !== undefined) {
          folder.removeFile(file(id));
        }
      }
      await run(folder, "squash", ":bbbb");
      assert.match((await run(folder, "heads")).stdout, /^cccc/m);
      await run(folder, "squash", "--prune");
      assert.equal(versions(folder).length, 2);
    });
  }
});
