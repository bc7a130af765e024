import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createProjectFolder } from "../../support/projectFolder";
import { sharedPostgres } from "../../support/sharedPostgres";
import { withoutToolTables } from "../../support/dumps";
import type { ProjectShape } from "./projectShapes";

const compiler = join(__dirname, "../../../node_modules/typescript/bin/tsc");

/**
 * A first revision generated and applied by the command line in a project of this shape, after which nothing is left
 * to do.
 * @returns the schema that came of it
 */
export async function checkShape(shape: ProjectShape): Promise<string> {
  const server = await sharedPostgres();
  const url = await server.createDatabase();
  const files = Object.entries(shape.files).map(
    ([name, text]) => [name, text.replace("<url>", url)] as const,
  );
  const project = createProjectFolder({ "migrations/versions/.gitkeep": "", ...Object.fromEntries(files) });
  const run = async (...args: readonly string[]): Promise<string> => {
    const given = shape.isDatabaseKnown === true ? args : ["--url", url, ...args];
    const { stdout, stderr, exitCode } = await project.run(given);
    assert.equal(exitCode, 0, `${args.join(" ")}\n${stdout}${stderr}`);
    return stdout;
  };
  try {
    project.linkModules();
    if (shape.isBuilt === true) {
      const built = spawnSync(process.execPath, [compiler, "-p", "."], {
        cwd: project.path,
        encoding: "utf8",
      });
      assert.equal(built.status, 0, built.stdout);
    }
    await run("revision", "--autogenerate", "-m", "first");
    await run("upgrade", "head");
    assert.equal(await run("check"), "No new upgrade operations detected.\n");
    return withoutToolTables(await server.dumpSchema(url));
  } finally {
    project.remove();
  }
}
