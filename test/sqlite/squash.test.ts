import assert from "node:assert/strict";
import { createProjectFolder, revisionText } from "../support/projectFolder";
import { linkSqliteDriver } from "../support/sqliteFile";

/** A revision that makes a table. */
function table(id: string, down: string | null): Readonly<Record<string, string>> {
  return {
    [`migrations/versions/${id}.ts`]: revisionText({
      id,
      down,
      upgrade: `  await op.createTable("t_${id}", { columns: { id: { type: "integer" } } });`,
      downgrade: `  await op.dropTable("t_${id}");`,
    }),
  };
}

describe("squash on SQLite", function () {
  this.timeout(60_000);

  it("stands for its range, whose files go once no database needs them", async () => {
    const project = createProjectFolder({
      "package.json": "{}",
      "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", url: "sqlite:///shop.db" }),
      ...table("aaaa", null),
      ...table("bbbb", "aaaa"),
      ...table("cccc", "bbbb"),
    });
    try {
      linkSqliteDriver(project.path);
      const run = async (...args: readonly string[]): Promise<string> => {
        const { exitCode, stdout, stderr } = await project.run(args);
        assert.equal(exitCode, 0, `${args.join(" ")}: ${stdout}${stderr}`);
        return stdout;
      };
      await run("upgrade", "bbbb");
      await run("squash", ":cccc");
      assert.equal((await project.run(["squash", "--prune"])).exitCode, 255);
      await run("upgrade", "head");
      await run("squash", "--prune");
      assert.equal(project.list("migrations/versions").length, 1);
      await run("downgrade", "base");
      await run("upgrade", "head");
      assert.match(await run("current"), /^cccc \(head\)/m);
    } finally {
      project.remove();
    }
  });
});
