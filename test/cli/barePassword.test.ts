import assert from "node:assert/strict";
import { createProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";

const password = "h+nt@r:2/?&=$'x";

describe("a password that the project's own code quotes alone", function () {
  this.timeout(60_000);

  for (const args of [
    ["upgrade", "head"],
    ["upgrade", "head", "--json"],
  ]) {
    it(`is struck out of what \`${args.join(" ")}\` prints`, async () => {
      const url = new URL(await (await sharedPostgres()).createDatabase());
      url.password = encodeURIComponent(password);
      const project = createProjectFolder({
        "alembic.config.json": '{ "scriptLocation": "m" }',
        "m/versions/a1_x.ts": `export const revision = "a1";
export const down_revision = null;
export async function upgrade() { throw new Error(${JSON.stringify(`can't log in with ${password}`)}); }
`,
      });
      try {
        const { exitCode, stdout, stderr } = await project.run(args, { env: { DATABASE_URL: url.href } });
        assert.equal(exitCode, 255);
        assert.match(stdout + stderr, /can't log in with \*\*\*/);
        assert.ok(!(stdout + stderr).includes(password));
      } finally {
        project.remove();
      }
    });
  }
});
