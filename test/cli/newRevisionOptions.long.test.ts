import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { CommandLineResult } from "../support/commandLine";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";

function config(options: string): string {
  return `import { defineConfig } from "alembic-ts";

export default defineConfig({ scriptLocation: "migrations", ${options} });
`;
}

describe("where new revisions go, and what runs on them", function () {
  this.timeout(60_000);
  const projects: ProjectFolder[] = [];
  after(() => projects.forEach((project) => project.remove()));

  function project(options: string, files: Readonly<Record<string, string>> = {}): ProjectFolder {
    const made = createProjectFolder({ "alembic.config.ts": config(options), ...files });
    projects.push(made);
    return made;
  }
  function files(folder: ProjectFolder, below: string): readonly string[] {
    const path = join(folder.path, below);
    return existsSync(path)
      ? readdirSync(path, { recursive: true, encoding: "utf8" })
          .filter((name) => name.endsWith(".ts"))
          .sort()
      : [];
  }
  async function revision(folder: ProjectFolder, ...args: readonly string[]): Promise<CommandLineResult> {
    const result = await folder.run(["revision", ...args]);
    assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    return result;
  }

  describe("several version locations", () => {
    const locations = `versionLocations: ["core/versions", "billing/versions"]`;

    it("need --version-path for a base, and go where the parent is otherwise", async () => {
      const folder = project(locations, {
        "core/versions/a.ts": revisionText({ id: "a1" }),
        "billing/versions/.gitkeep": "",
      });
      const base = ["--head", "base", "--branch-label", "billing", "-m", "invoices", "--rev-id", "i1"];
      assert.deepEqual(await folder.run(["revision", ...base]), {
        exitCode: 255,
        stdout: "FAILED: Multiple version locations present, please specify --version-path\n",
        stderr: "  Hint: Choose one of: <project>/core/versions, <project>/billing/versions.\n",
      });
      await revision(folder, ...base, "--version-path", "billing/versions");
      await revision(folder, "-m", "lines", "--head", "billing@head", "--rev-id", "i2");
      await revision(folder, "-m", "users", "--head", "a1", "--rev-id", "a2");
      assert.deepEqual(files(folder, "billing"), ["versions/i1_invoices.ts", "versions/i2_lines.ts"]);
      assert.deepEqual(files(folder, "core"), ["versions/a.ts", "versions/a2_users.ts"]);
      assert.deepEqual(await folder.run(["revision", "-m", "x", "--head", "a2", "--version-path", "other"]), {
        exitCode: 255,
        stdout: "FAILED: Path other is not represented in current version locations\n",
        stderr: "  Hint: Choose one of: <project>/core/versions, <project>/billing/versions.\n",
      });
      const url = await (await sharedPostgres()).createDatabase();
      const upgraded = await folder.run(["upgrade", "heads"], { env: { DATABASE_URL: url } });
      assert.equal(upgraded.exitCode, 0, upgraded.stderr);
      assert.deepEqual(await versionRows(url), ["a2", "i2"]);
    });
  });

  it("make a version location that is not there yet, and warn until then", async () => {
    const folder = project(`versionLocations: ["core/versions", "billing/versions"]`, {
      "core/versions/a.ts": revisionText({ id: "a1" }),
    });
    const warning =
      "WARNING The version location <project>/billing/versions does not exist, so no revisions are read from it.\n";
    assert.deepEqual(await folder.run(["heads"]), { exitCode: 0, stdout: "a1 (head)\n", stderr: warning });
    const base = ["--head", "base", "-m", "invoices", "--rev-id", "i1", "--version-path", "billing/versions"];
    assert.equal((await revision(folder, ...base)).stderr, warning);
    assert.deepEqual(files(folder, "billing"), ["versions/i1_invoices.ts"]);
    assert.deepEqual(await folder.run(["heads"]), {
      exitCode: 0,
      stdout: "a1 (head)\ni1 (head)\n",
      stderr: "",
    });
  });

  describe("recursive version locations with folders by date", () => {
    const dated = `recursiveVersionLocations: true, timezone: "UTC", fileTemplate: "%(year)d/%(month).2d/%(rev)s_%(slug)s"`;

    it("make the folders, find what is in them, and run it", async () => {
      const folder = project(dated);
      folder.write({ "migrations/.gitkeep": "" });
      await revision(folder, "-m", "one", "--rev-id", "a1");
      await revision(folder, "-m", "two", "--rev-id", "a2");
      const now = new Date();
      const month = `${String(now.getUTCFullYear())}/${String(now.getUTCMonth() + 1).padStart(2, "0")}`;
      assert.deepEqual(files(folder, "migrations/versions"), [`${month}/a1_one.ts`, `${month}/a2_two.ts`]);
      folder.write({ "migrations/versions/1999/12/a3.ts": revisionText({ id: "a3", down: "a2" }) });
      assert.equal((await folder.run(["heads"])).stdout, "a3 (head)\n");
    });

    it("that are not recursive are refused before the file is written", async () => {
      const folder = project(`fileTemplate: "%(year)d/%(rev)s_%(slug)s"`);
      folder.write({ "migrations/.gitkeep": "" });
      assert.deepEqual(await folder.run(["revision", "-m", "one", "--rev-id", "a1"]), {
        exitCode: 255,
        stdout: `FAILED: The file template '%(year)d/%(rev)s_%(slug)s' puts revisions into folders that are not read: <project>/migrations/versions/${String(new Date().getUTCFullYear())}/a1_one.ts\n`,
        stderr: "  Hint: Set recursiveVersionLocations to true, or take the folders out of fileTemplate.\n",
      });
      assert.deepEqual(files(folder, "migrations"), []);
    });
  });

  it("timezone decides the date in the name and in the file", async () => {
    const dates: string[] = [];
    for (const timezone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
      const folder = project(
        `timezone: "${timezone}", fileTemplate: "%(year)d%(month).2d%(day).2d%(hour).2d_%(rev)s"`,
      );
      folder.write({ "migrations/.gitkeep": "" });
      await revision(folder, "-m", "one", "--rev-id", "a1");
      const [name = ""] = files(folder, "migrations/versions");
      const text = readFileSync(join(folder.path, "migrations/versions", name), "utf8");
      const [, day = "", hour = ""] = /Create Date: (\S+) (\d\d):/.exec(text) ?? [];
      assert.equal(name, `${day.replaceAll("-", "")}${hour}_a1.ts`);
      dates.push(`${day}T${hour}:00Z`);
    }
    // UTC+14 and UTC-11.
    const hours = dates.map((date) => Date.parse(date) / 3_600_000);
    assert.ok(Math.abs((hours[0] ?? 0) - (hours[1] ?? 0) - 25) <= 1, dates.join(" "));
  });

  it("truncateSlugLength cuts the slug at a word", async () => {
    const folder = project("truncateSlugLength: 20");
    folder.write({ "migrations/.gitkeep": "" });
    await revision(folder, "-m", "Add the invoices and their lines", "--rev-id", "a1");
    assert.deepEqual(files(folder, "migrations/versions"), ["a1_add_the_invoices_.ts"]);
  });

  describe("post-write hooks", () => {
    const append = (name: string, text: string): string =>
      `{ name: "${name}", type: "exec", executable: process.execPath, options: ["-e", "require('node:fs').appendFileSync(process.argv[1], '// ${text}\\\\n')", "REVISION_SCRIPT_FILENAME"] }`;

    it("run on the new file, one after the other, behind prettier", async () => {
      const folder = project(`postWriteHooks: [${append("first", "one")}, ${append("second", "two")}]`);
      folder.write({ "migrations/.gitkeep": "" });
      await revision(folder, "-m", "hooked", "--rev-id", "a1");
      const text = readFileSync(join(folder.path, "migrations/versions/a1_hooked.ts"), "utf8");
      assert.match(text, /\{\}\n\/\/ one\n\/\/ two\n$/);
    });

    it("that fail are told of, and the file stays", async () => {
      const failing = `{ name: "linter", type: "exec", executable: process.execPath, options: ["-e", "console.error('line 3 is too long'); process.exit(2)", "REVISION_SCRIPT_FILENAME"] }`;
      const missing = `{ name: "gone", type: "exec", executable: "./no-such-hook" }`;
      const folder = project(`postWriteHooks: [${failing}, ${missing}, ${append("last", "ran")}]`);
      folder.write({ "migrations/.gitkeep": "" });
      const { stderr } = await revision(folder, "-m", "hooked", "--rev-id", "a1");
      assert.equal(
        stderr,
        `WARNING Post-write hook 'linter' ended with exit status 2.
line 3 is too long
WARNING Post-write hook 'gone' could not be started: spawn ./no-such-hook ENOENT.
`,
      );
      const text = readFileSync(join(folder.path, "migrations/versions/a1_hooked.ts"), "utf8");
      assert.match(text, /\/\/ ran\n$/);
    });
  });

  it("new files are formatted with the project's own prettier configuration", async () => {
    const folder = project("");
    folder.write({
      "migrations/.gitkeep": "",
      ".prettierrc": `{ "semi": false, "singleQuote": true, "tabWidth": 4 }\n`,
    });
    await revision(folder, "-m", "plain", "--rev-id", "a1");
    assert.match(
      readFileSync(join(folder.path, "migrations/versions/a1_plain.ts"), "utf8"),
      /^export const revision = 'a1'$/m,
    );
  });
});
