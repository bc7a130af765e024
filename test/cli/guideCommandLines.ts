import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLineFile, runProgram, type CommandLineResult } from "../support/commandLine";
import type { PostgresServer } from "../support/postgresServer";
import { copyExample, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { runScript } from "../support/runScript";
import { sharedPostgres } from "../support/sharedPostgres";

/** The guide's own configuration: what `alembic init -t async` writes, with its post-write formatter for Python. */
const alembicIni = `[alembic]
script_location = database/migrations
prepend_sys_path = .
version_path_separator = os
file_template = %%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s
timezone = UTC
truncate_slug_length = 40
sqlalchemy.url = driver://user:pass@localhost/dbname
data_source = src/data-source.ts

[loggers]
keys = root,sqlalchemy,alembic

[logger_root]
level = WARN
handlers = console
qualname =

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
`;

export const typescriptConfig = `import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: "migrations",
  fileTemplate: "%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s",
  timezone: "UTC",
  dataSource: "../src/data-source.ts",
});
`;

interface Configuration {
  readonly name: string;
  /** Its file, from the project's folder. */
  readonly config: string;
  readonly text: string;
}

export const ini: Configuration = {
  name: "an alembic.ini",
  config: "database/alembic_modern.ini",
  text: alembicIni,
};

export const typescript: Configuration = {
  name: "a TypeScript configuration",
  config: "database/alembic_modern.ts",
  text: typescriptConfig,
};

const history = `mno345 -> pqr678 (head), Add full-text search to content
jkl012 -> mno345, Migrate user status values
ghi789 -> jkl012, Add user role enum
def456 -> ghi789, Add composite index for user queries
abc123 -> def456, Add email_verified column to users
init000 -> abc123, Add user profiles table
<base> -> init000, Create users and educational content
`;

/** A program `alembic` that is this command line, so that lines of the guide run in a shell as they stand. */
function writeShim(project: ProjectFolder): string {
  const bin = join(project.path, "bin");
  mkdirSync(bin);
  const text = `#!/bin/sh\nexec "${process.execPath}" "${commandLineFile()}" "$@"\n`;
  writeFileSync(join(bin, "alembic"), text);
  chmodSync(join(bin, "alembic"), 0o755);
  return bin;
}

/** Runs the guide's command lines in a shell as they stand, with a configuration of one form. */
export function describeGuideCommandLines({ name, config, text }: Configuration): void {
  describe(`the guide's command lines with ${name}`, function () {
    this.timeout(60_000);
    let project: ProjectFolder;
    let server: PostgresServer;
    let url: string;
    let bin: string;

    before(async function () {
      if (process.platform === "win32") {
        this.skip();
      }
      server = await sharedPostgres();
      url = await server.createDatabase();
      project = copyExample();
      renameSync(join(project.path, "alembic.config.ts"), join(project.path, "unused.ts"));
      project.write({ [config]: text });
      project.linkModules();
      bin = writeShim(project);
    });
    after(() => project.remove());

    /** Runs a line of the guide in a shell, with the guide's driver in the URL. */
    async function shell(line: string): Promise<CommandLineResult> {
      const result = await runProgram("/bin/sh", ["-c", line.replaceAll("CONFIG", config)], {
        cwd: project.path,
        env: {
          PATH: `${bin}:${process.env["PATH"] ?? ""}`,
          DATABASE_URL: url.replace("postgresql://", "postgresql+asyncpg://"),
        },
      });
      const shown = (output: string): string => output.replaceAll(project.path, "<project>");
      return { ...result, stdout: shown(result.stdout), stderr: shown(result.stderr) };
    }

    interface Line {
      readonly line: string;
      readonly stdout?: string;
      /** The version table's row afterwards. */
      readonly at: string | undefined;
    }
    const lines: readonly Line[] = [
      { line: "alembic -c CONFIG current", stdout: "", at: undefined },
      { line: "alembic -c CONFIG history", stdout: history, at: undefined },
      { line: "alembic -c CONFIG upgrade head", stdout: "", at: "pqr678" },
      { line: "alembic -c CONFIG current", stdout: "pqr678 (head)\n", at: "pqr678" },
      { line: "alembic -c CONFIG downgrade -1", stdout: "", at: "mno345" },
      { line: "alembic -c CONFIG upgrade head", stdout: "", at: "pqr678" },
      { line: "alembic -c CONFIG downgrade abc123", stdout: "", at: "abc123" },
      { line: "alembic -c CONFIG upgrade +1", stdout: "", at: "def456" },
      { line: "alembic -c CONFIG current", stdout: "def456\n", at: "def456" },
      { line: "alembic -c CONFIG downgrade -1 --sql > downgrade.sql", stdout: "", at: "def456" },
      { line: "alembic -c CONFIG downgrade base", stdout: "", at: "" },
      { line: "alembic -c CONFIG upgrade abc123", stdout: "", at: "abc123" },
      { line: "alembic -c CONFIG upgrade head --sql > upgrade.sql", stdout: "", at: "abc123" },
      { line: "alembic -c CONFIG stamp head", stdout: "", at: "pqr678" },
      { line: "alembic -c CONFIG stamp abc123", stdout: "", at: "abc123" },
    ];
    for (const { line, stdout, at } of lines) {
      it(line, async () => {
        const result = await shell(line);
        assert.equal(result.exitCode, 0, result.stdout + result.stderr);
        assert.equal(result.stdout, stdout);
        assert.equal((await versionRows(url))?.join(" "), at);
      });
    }

    it("the two files of SQL do what the commands do", async () => {
      const file = (fileName: string): string => readFileSync(join(project.path, fileName), "utf8");
      const scripted = await server.createDatabase();
      await runScript(scripted, file("upgrade.sql"));
      assert.deepEqual(await versionRows(scripted), ["pqr678"]);
      const [live, script] = [await server.createDatabase(), await server.createDatabase()] as const;
      for (const database of [live, script]) {
        await project.run(["-c", config, "upgrade", "def456"], { env: { DATABASE_URL: database } });
      }
      await project.run(["-c", config, "downgrade", "-1"], { env: { DATABASE_URL: live } });
      await runScript(script, file("downgrade.sql"));
      assert.equal(await server.dumpSchema(script), await server.dumpSchema(live));
    });

    it("alembic -c CONFIG history --verbose", async () => {
      const { stdout } = await shell("alembic -c CONFIG history --verbose");
      assert.equal(
        stdout.slice(0, stdout.indexOf("Rev: mno345")),
        `Rev: pqr678 (head)
Parent: mno345
Path: <project>/database/migrations/versions/20251001_2215-pqr678_add_full_text_search_to_content.ts

    Add full-text search to content
    
    Revision ID: pqr678
    Revises: mno345
    Create Date: 2025-10-01 22:15:00

`,
      );
    });

    it("alembic upgrade head, without the configuration's name: refused with what to do", async () => {
      const result = await shell("alembic upgrade head");
      assert.equal(result.exitCode, 255);
      assert.equal(result.stdout, "FAILED: No 'script_location' key found in configuration.\n");
    });

    it('alembic -c CONFIG revision --autogenerate -m "Add user roles", and the same with --sql', async () => {
      const before = url;
      url = await server.createDatabase();
      assert.equal((await shell("alembic -c CONFIG upgrade head")).exitCode, 0);
      await queryRows(url, "ALTER TABLE users DROP COLUMN email_verified_at");
      const versions = (): readonly string[] => project.list("database/migrations/versions");
      const files = versions();
      const dry = await shell('alembic -c CONFIG revision --autogenerate -m "Test" --sql');
      assert.equal(dry.exitCode, 0, dry.stdout + dry.stderr);
      assert.match(dry.stdout, /op\.addColumn\("users", "email_verified_at", \{ type: "timestamptz"/);
      assert.deepEqual(versions(), files);
      const made = await shell(
        'alembic -c CONFIG revision --autogenerate -m "Add user roles" --rev-id auto1',
      );
      assert.equal(made.exitCode, 0, made.stdout + made.stderr);
      const [file = ""] = versions().filter((name) => !files.includes(name));
      assert.match(file, /^\d{8}_\d{4}-auto1_add_user_roles\.ts$/);
      assert.equal((await shell("alembic -c CONFIG upgrade head")).exitCode, 0);
      assert.equal((await shell("alembic -c CONFIG downgrade -1")).exitCode, 0);
      project.removeFile(`database/migrations/versions/${file}`);
      url = before;
    });

    it('alembic -c CONFIG revision -m "Custom migration"', async () => {
      const result = await shell('alembic -c CONFIG revision -m "Custom migration" --rev-id stu901');
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
      const made = project.list("database/migrations/versions").find((file) => file.includes("stu901")) ?? "";
      assert.match(made, /^\d{8}_\d{4}-stu901_custom_migration\.ts$/);
      assert.equal(result.stdout, `Generating <project>/database/migrations/versions/${made} ...  done\n`);
      const text = readFileSync(join(project.path, "database/migrations/versions", made), "utf8");
      assert.equal(
        text.replace(/Create Date: .*/, "Create Date: <date>"),
        `/**
 * Custom migration
 *
 * Revision ID: stu901
 * Revises: pqr678
 * Create Date: <date>
 */
import type { Migration } from "alembic-ts";

export const revision = "stu901";
export const down_revision: string | string[] | null = "pqr678";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {}

export async function downgrade({ op }: Migration): Promise<void> {}
`,
      );
    });
  });
}
