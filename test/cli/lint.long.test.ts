import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import type { CommandLineResult } from "../support/commandLine";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

const configOf = (lint: string): string =>
  `import { defineConfig } from "alembic-ts";\n\nexport default defineConfig({ scriptLocation: "migrations"${lint} });\n`;

const file = (name: string): string => `migrations/versions/${name}.ts`;

const files = {
  "alembic.config.ts": configOf(""),
  [file("a")]: revisionText({
    id: "a",
    upgrade: `  await op.createTable("users", { columns: { id: { type: "bigint" }, name: { type: "text" } } });`,
  }),
  [file("b")]: revisionText({
    id: "b",
    down: "a",
    upgrade: `  await op.createIndex("ix", "users", ["name"]);`,
  }),
  [file("c")]: revisionText({
    id: "c",
    down: "b",
    upgrade: `  await op.execute("ALTER TABLE users DROP CONSTRAINT IF EXISTS c");\n  throw new Error("lint runs nothing");`,
  }),
};

describe("alembic-ts lint", function () {
  this.timeout(60_000);
  const projects: ProjectFolder[] = [];
  let url: string;

  before(async () => {
    url = await (await sharedPostgres()).createDatabase();
  });
  after(() => projects.forEach((project) => project.remove()));

  function project(more: Readonly<Record<string, string>> = {}): ProjectFolder {
    const made = createProjectFolder({ ...files, ...more });
    projects.push(made);
    return made;
  }
  const run = (folder: ProjectFolder, ...args: readonly string[]): Promise<CommandLineResult> =>
    folder.run(["lint", ...args], { env: { DATABASE_URL: url } });
  async function codes(folder: ProjectFolder, ...args: readonly string[]): Promise<unknown> {
    const result = await run(folder, ...args, "--json");
    const { revisions, findings } = JSON.parse(result.stdout) as {
      readonly revisions: readonly string[];
      readonly findings: readonly { readonly revision: string; readonly code: string }[];
    };
    return [revisions, findings.map(({ revision, code }) => `${revision} ${code}`), result.exitCode];
  }

  it("says what is found, where, and what to write instead", async () => {
    const result = await run(project(), "--all");
    assert.equal(
      result.stdout,
      `migrations/versions/b.ts:16:9: warning index-not-concurrent
    Building the index ix blocks writes to users.
    Build it with CONCURRENTLY (\`concurrently: true\`), which runs outside the transaction.
1 warning in 3 revisions.
`,
    );
    assert.equal(result.exitCode, 255);
  });

  it("takes ranges, levels and revisions", async () => {
    const folder = project();
    assert.deepEqual(
      [
        await codes(folder, "a"),
        await codes(folder, "b:c", "--level", "info"),
        await codes(folder, "--all", "--level", "error"),
        await codes(folder, "--since", "a"),
        await codes(folder, "--since", "b", "--level", "info"),
      ],
      [
        [["a"], [], 0],
        [["b", "c"], ["b index-not-concurrent", "c drop-constraint"], 255],
        [["a", "b", "c"], [], 0],
        [["b", "c"], ["b index-not-concurrent"], 255],
        [["c"], ["c drop-constraint"], 255],
      ],
    );
  });

  it("leaves out what is applied, and takes what is pending as one run", async () => {
    const folder = project();
    const pending = await codes(folder);
    await folder.run(["upgrade", "a"], { env: { DATABASE_URL: url } });
    assert.deepEqual(
      [pending, await codes(folder)],
      [
        [["a", "b", "c"], [], 0],
        [["b", "c"], ["b index-not-concurrent"], 255],
      ],
    );
  });

  it("says that nothing is looked at where nothing is in the range", async () => {
    const { stdout, exitCode } = await run(project(), "--since", "c");
    assert.deepEqual(
      { stdout, exitCode },
      {
        stdout:
          "No revision to look at: none is pending, or none is in the range. --all looks at all of them.\n",
        exitCode: 0,
      },
    );
  });

  it("lints all where no database answers, and says so", async () => {
    const result = await project().run(["lint"], {
      env: { DATABASE_URL: "postgres://127.0.0.1:1/nothing" },
    });
    assert.match(result.stderr, /^WARNI?NG? .*Could not read which revisions are applied/m);
    assert.match(result.stdout, /1 warning in 3 revisions/);
  });

  it("reads the version of the servers from the database, unless the configuration names one", async () => {
    const wrong = revisionText({ id: "a", upgrade: `  await op.execute("CREATE TABEL users (id bigint)");` });
    const folder = (lint: string): ProjectFolder => {
      const made = createProjectFolder({ "alembic.config.ts": configOf(lint), [file("a")]: wrong });
      projects.push(made);
      return made;
    };
    const level = ["--level", "info"];
    const empty = await (await sharedPostgres()).createDatabase();
    const ofDatabase = async (made: ProjectFolder): Promise<unknown> => {
      const env = { DATABASE_URL: empty };
      const { findings } = JSON.parse((await made.run(["lint", ...level, "--json"], { env })).stdout) as {
        readonly findings: readonly { readonly code: string }[];
      };
      return findings.map(({ code }) => code);
    };
    assert.deepEqual(
      [
        await ofDatabase(folder("")),
        await ofDatabase(folder(", lint: { targetVersion: 30 }")),
        await codes(folder(""), "--all", ...level),
      ],
      [["syntax-error"], ["not-analyzed"], [["a"], ["a not-analyzed"], 255]],
    );
  });

  it("takes what changed since a commit", async () => {
    const folder = project();
    const git = (...words: readonly string[]): void => {
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...words], {
        cwd: folder.path,
        stdio: "ignore",
      });
    };
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    folder.write({
      [file("d")]: revisionText({ id: "d", down: "c", upgrade: `  await op.dropTable("posts");` }),
    });
    assert.deepEqual(await codes(folder, "--since", "HEAD"), [["d"], ["d drop-table"], 255]);
    const unknown = await run(folder, "--since", "nosuch");
    assert.match(unknown.stdout, /^FAILED: 'nosuch' is neither a revision nor a commit that Git knows/);
  });

  it("obeys the configuration of any form", async () => {
    const off = `{ rules: { "index-not-concurrent": "off" } }`;
    const ini =
      "[alembic]\nscript_location = migrations\n\n[lint]\nindex-not-concurrent = info\ntarget_version = 16\n";
    const toml =
      '[tool.alembic]\nscript_location = "migrations"\n[tool.alembic.lint]\nignore_revisions = ["b"]\n';
    const wrong = await run(
      project({ "alembic.config.ts": configOf(`, lint: { rules: { nosuch: "off" } }`) }),
      "--all",
    );
    const level = await run(
      project({ "alembic.config.ts": configOf(`, lint: { rules: { truncate: "no" } }`) }),
      "--all",
    );
    assert.deepEqual(
      [
        await codes(project({ "alembic.config.ts": configOf(`, lint: ${off}`) }), "--all"),
        await codes(project({ "alembic.ini": ini }), "-c", "alembic.ini", "--all"),
        await codes(project({ "pyproject.toml": toml }), "-c", "pyproject.toml", "--all"),
      ],
      [
        [["a", "b", "c"], [], 0],
        [["a", "b", "c"], [], 0],
        [["a", "c"], [], 0],
      ],
    );
    assert.match(wrong.stdout, /lint\.rules\.nosuch is not a rule/);
    assert.match(level.stdout, /'lint\.rules\.truncate' must be error, warning, info or off/);
  });

  it("writes what other programs read", async () => {
    const folder = project();
    const output = async (format: string): Promise<string> =>
      (await run(folder, "--all", "--format", format)).stdout;
    assert.equal(
      await output("github"),
      "::warning file=migrations/versions/b.ts,line=16,endLine=16,col=9,title=index-not-concurrent::Building the index ix blocks writes to users. Build it with CONCURRENTLY (`concurrently: true`), which runs outside the transaction.\n",
    );
    const sarif = JSON.parse(await output("sarif")) as {
      readonly version: string;
      readonly runs: readonly {
        readonly results: readonly { readonly ruleId: string; readonly level: string }[];
      }[];
    };
    assert.deepEqual(
      [sarif.version, sarif.runs[0]?.results.map(({ ruleId, level }) => [ruleId, level])],
      ["2.1.0", [["index-not-concurrent", "warning"]]],
    );
    const gitlab = JSON.parse(await output("gitlab")) as readonly {
      readonly severity: string;
      readonly location: unknown;
      readonly fingerprint: string;
    }[];
    assert.deepEqual(
      gitlab.map(({ severity, location, fingerprint }) => [severity, location, fingerprint.length]),
      [["major", { path: "migrations/versions/b.ts", lines: { begin: 16, end: 16 } }, 64]],
    );
    assert.match(
      await output("junit"),
      /<testsuite name="b" tests="1" failures="1">\n {4}<testcase classname="b" name="index-not-concurrent migrations\/versions\/b\.ts:16:9">\n {6}<failure type="warning"/,
    );
  });
});
