import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CommandLineResult } from "../support/commandLine";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

const config = `import { defineConfig } from "alembic-ts";

export default defineConfig({ scriptLocation: "migrations" });
`;

const file = (name: string): string => `migrations/versions/${name}.ts`;

/** Two branches that part, meet, and part again, a dependency, and a line of its own. */
const branching = {
  "alembic.config.ts": config,
  [file("a")]: revisionText({ id: "a" }),
  [file("b")]: revisionText({ id: "b", down: "a" }),
  [file("c1")]: revisionText({ id: "c1", down: "b", labels: ["left"] }),
  [file("c2")]: revisionText({ id: "c2", down: "b", labels: ["right"], dependsOn: "c1" }),
  [file("d2")]: revisionText({ id: "d2", down: "c2" }),
  [file("e")]: revisionText({ id: "e", down: ["c1", "d2"], message: "join left and right" }),
  [file("f1")]: revisionText({ id: "f1", down: "e" }),
  [file("f2")]: revisionText({ id: "f2", down: "e" }),
  [file("f3")]: revisionText({ id: "f3", down: "e" }),
  [file("x")]: revisionText({ id: "x", labels: ["island"] }),
};

function checkGolden(name: string, text: string): void {
  const path = join(__dirname, "..", "golden", "cli", name);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  assert.equal(text, readFileSync(path, "utf8"));
}

describe("more of the command line", function () {
  this.timeout(60_000);
  const projects: ProjectFolder[] = [];
  let url: string;

  before(async () => {
    url = await (await sharedPostgres()).createDatabase();
  });
  after(() => projects.forEach((project) => project.remove()));

  function project(files: Readonly<Record<string, string>> = {}): ProjectFolder {
    const made = createProjectFolder(files);
    projects.push(made);
    return made;
  }
  function run(
    folder: ProjectFolder,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<CommandLineResult> {
    return folder.run(args, { env: { DATABASE_URL: url, ...env } });
  }
  async function output(folder: ProjectFolder, args: readonly string[]): Promise<string> {
    const result = await run(folder, args);
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    return result.stdout;
  }

  describe("--plan", () => {
    let folder: ProjectFolder;
    const planned = async (of: ProjectFolder, args: readonly string[]): Promise<string> =>
      (await output(of, args)).replace(/^(Plan ID: )[0-9a-f]{32}-[0-9a-f]{20}$/m, "$1<id>");
    before(async () => {
      url = await (await sharedPostgres()).createDatabase();
      folder = project(branching);
    });

    it("lists the steps of an upgrade, and runs nothing", async () => {
      assert.equal(
        await planned(folder, ["upgrade", "e", "--plan"]),
        `upgrade  -> a, add a
upgrade a -> b, add b
upgrade b -> c1, add c1
upgrade b -> c2, add c2
upgrade c2 -> d2, add d2
upgrade c1, d2 -> e, join left and right
Plan ID: <id>
`,
      );
      assert.equal(await versionRows(url), undefined);
    });

    it("lists the steps of a downgrade, and runs nothing", async () => {
      await output(folder, ["upgrade", "e"]);
      assert.equal(
        await planned(folder, ["downgrade", "b", "--plan"]),
        `downgrade e -> c1, d2, join left and right
downgrade d2 -> c2, add d2
downgrade c2 -> b, add c2
downgrade c1 -> b, add c1
Plan ID: <id>
`,
      );
      assert.deepEqual(await versionRows(url), ["e"]);
      assert.equal(await planned(folder, ["upgrade", "e", "--plan"]), "Plan ID: <id>\n");
    });

    it("does not go together with --sql", async () => {
      assert.deepEqual(await run(folder, ["upgrade", "heads", "--plan", "--sql"]), {
        exitCode: 2,
        stdout: "",
        stderr: `error: option '--plan' cannot be used with option '--sql'
(\`alembic-ts upgrade --help\` lists its options)
`,
      });
    });
  });

  it("history --graph draws branches, merges and lines of their own", async () => {
    const folder = project(branching);
    url = await (await sharedPostgres()).createDatabase();
    await output(folder, ["upgrade", "left@+3"]);
    checkGolden("history-graph.txt", await output(folder, ["history", "--graph"]));
    checkGolden(
      "history-graph-current.txt",
      await output(folder, ["history", "--graph", "-i", "-r", "b:f1"]),
    );
  });

  describe("edit", () => {
    const editing = (): ProjectFolder =>
      project({ "alembic.config.ts": config, [file("a")]: revisionText({ id: "a" }) });

    it("opens the file with EDITOR and its arguments", async () => {
      const folder = editing();
      const script = `require("node:fs").appendFileSync(process.argv[2], "// " + process.argv[1] + "\\n")`;
      const result = await run(folder, ["edit", "head"], {
        EDITOR: `"${process.execPath}" -e '${script}' seen`,
      });
      assert.deepEqual(result, { exitCode: 0, stdout: "", stderr: "" });
      assert.match(readFileSync(join(folder.path, file("a")), "utf8"), /\n\/\/ seen\n$/);
    });

    it("says so when there is no such editor, and when it fails", async () => {
      assert.deepEqual(await run(editing(), ["edit", "a"], { EDITOR: "no-such-editor --wait" }), {
        exitCode: 255,
        stdout: "FAILED: Error executing editor (no-such-editor --wait): there is no such program\n",
        stderr: "  Hint: Set EDITOR to a program, with its arguments if it takes any.\n",
      });
      const failing = `"${process.execPath}" -e "process.exit(3)"`;
      assert.deepEqual(await run(editing(), ["edit", "a"], { EDITOR: failing }), {
        exitCode: 255,
        stdout: `FAILED: Error executing editor (${failing}): it ended with exit code 3\n`,
        stderr: "  Hint: Check that this program works, or set EDITOR to another one.\n",
      });
    });

    it("says so when the symbol has no file", async () => {
      assert.deepEqual(await run(editing(), ["edit", "base"], { EDITOR: "no-such-editor" }), {
        exitCode: 255,
        stdout: "FAILED: No revision files indicated by symbol 'base'\n",
        stderr: "  Hint: Name a revision that has a file; `alembic-ts history` lists them.\n",
      });
    });
  });

  it("list_templates lists what init takes", async () => {
    assert.equal(
      await output(project(), ["list_templates"]),
      `Available templates:

generic - A TypeScript configuration for one database.
multi-environment - A TypeScript configuration with development, staging and production databases.
json - A configuration as plain JSON, which is read without running code.
ini - An alembic.ini, as Python's Alembic reads it.
pyproject - A pyproject.toml with a [tool.alembic] table, as Python's Alembic reads it.

Templates are used via the 'init' command, e.g.:

  alembic-ts init --template generic ./migrations
`,
    );
  });

  describe("init", () => {
    const templates = [
      ["generic", "alembic.config.ts"],
      ["multi-environment", "alembic.config.ts"],
      ["json", "alembic.config.json"],
      ["ini", "alembic.ini"],
      ["pyproject", "pyproject.toml"],
    ] as const;
    for (const [template, configFile] of templates) {
      it(`-t ${template} makes a project in an empty folder that takes a first revision and runs it`, async () => {
        const folder = project();
        url = await (await sharedPostgres()).createDatabase();
        assert.equal(
          await output(folder, ["init", "-t", template, "db/migrations"]),
          `Generating <project>/${configFile} ...  done
Generating <project>/db/migrations/README.md ...  done
Generating <project>/db/migrations/versions/.gitkeep ...  done
`,
        );
        const made = await output(folder, ["revision", "-m", "First table", "--rev-id", "f1"]);
        assert.match(
          made,
          /^Generating <project>\/db\/migrations\/versions\/\d{8}_\d{4}-f1_first_table\.ts ... {2}done\n$/,
        );
        assert.equal(
          (await run(folder, ["upgrade", "head"])).stderr,
          "INFO  Running upgrade  -> f1, First table\n",
        );
        assert.equal(await output(folder, ["current"]), "f1 (head)\n");
      });
    }

    it("leaves a configuration that is there as it is", async () => {
      const folder = project({ "alembic.config.ts": config });
      assert.match(
        await output(folder, ["init", "migrations"]),
        /^File <project>\/alembic\.config\.ts already exists, skipping$/m,
      );
      assert.equal(readFileSync(join(folder.path, "alembic.config.ts"), "utf8"), config);
    });
  });

  it("-q prints no progress and nothing for people; SQL and JSON still come", async () => {
    const folder = project({ "alembic.config.ts": config, [file("a")]: revisionText({ id: "a" }) });
    url = await (await sharedPostgres()).createDatabase();
    for (const args of [["upgrade", "head"], ["current"], ["history"], ["heads"], ["downgrade", "-1"]]) {
      assert.deepEqual(await run(folder, ["-q", ...args]), { exitCode: 0, stdout: "", stderr: "" });
    }
    assert.match(await output(folder, ["-q", "upgrade", "head", "--sql"]), /INSERT INTO alembic_version/);
    assert.match(await output(folder, ["-q", "heads", "--json"]), /"revision": "a"/);
    assert.deepEqual(await run(folder, ["-q", "upgrade", "nosuch"]), {
      exitCode: 255,
      stdout: "",
      stderr: `FAILED: Can't locate revision identified by 'nosuch'
  No such revision or branch 'nosuch'.
  Hint: Check the spelling with \`alembic-ts history\`. If the database names this revision, its file is not here: it may be on another git branch, or deleted.
`,
    });
  });

  it("-x and --tag reach the revision, before or after the command's name", async () => {
    const folder = project({
      "alembic.config.ts": config,
      [file("a")]: revisionText({
        id: "a",
        upgrade: "  context.log(JSON.stringify([...context.xArguments, context.tag]));",
      }),
    });
    url = await (await sharedPostgres()).createDatabase();
    const { stderr } = await run(folder, [
      "-x",
      "tenant=shop=1",
      "upgrade",
      "head",
      "--tag",
      "release 7",
      "-x",
      "dry=",
    ]);
    assert.equal(
      stderr,
      `INFO  Running upgrade  -> a, add a\nINFO  [["tenant","shop=1"],["dry",""],"release 7"]\n`,
    );
    assert.deepEqual(await run(folder, ["-x", "tenant", "current"]), {
      exitCode: 2,
      stdout: "",
      stderr: `error: option '-x <key=value>' argument 'tenant' is invalid. It takes the form key=value.
(see \`--help\`)
`,
    });
  });

  describe("refuses, and says what to do instead:", () => {
    const cases: readonly {
      readonly args: readonly string[];
      readonly message: string;
      readonly hint: string;
    }[] = [
      {
        args: ["stamp", "head", "--purge", "--sql"],
        message: "Can't use --purge with --sql mode",
        hint: "Leave out one of the two: a script can't know the current rows.",
      },
      {
        args: ["stamp", "a:b", "b:b", "--sql"],
        message: "Stamp operation with --sql only supports a single starting revision at a time",
        hint: "Write from:to with the same revision before each colon, or make a script for each.",
      },
      {
        args: ["init", "migrations"],
        message: "Directory migrations already exists and is not empty",
        hint: "Name another folder, or empty that one first.",
      },
      {
        args: ["--environment", "first,second", "upgrade", "head", "--sql"],
        message: "Can't use --sql with several databases: 'first,second' stands for more than one.",
        hint: "Leave out --environment, or name a single one: a script needs no database and is the same for all.",
      },
    ];
    for (const { args, message, hint } of cases) {
      it(args.join(" "), async () => {
        const folder = project({
          "alembic.config.json": JSON.stringify({
            scriptLocation: "migrations",
            environments: { first: { url }, second: { url } },
          }),
          [file("a")]: revisionText({ id: "a" }),
          [file("b")]: revisionText({ id: "b", down: "a" }),
        });
        const result = await run(folder, args);
        assert.deepEqual(
          [result.exitCode, result.stdout + result.stderr],
          [255, `FAILED: ${message}\n  Hint: ${hint}\n`],
        );
      });
    }
  });

  it("--help tells of every command, and every command has help", async () => {
    const folder = project();
    const help = await output(folder, ["--help"]);
    const commands = [
      ...["init", "list_templates", "revision", "merge", "edit", "upgrade", "downgrade", "stamp"],
      ...["ensure_version", "current", "status", "history", "heads", "branches", "show"],
      ...["check", "test", "adopt"],
    ];
    for (const command of commands) {
      assert.match(help, new RegExp(`^  ${command}\\b`, "m"));
      const own = await output(folder, [command, "--help"]);
      assert.match(own, new RegExp(`^Usage: alembic-ts ${command}\\b`));
    }
    assert.match(await output(folder, ["--version"]), /^\d+\.\d+\.\d+\n$/);
  });
});
