import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import {
  answerDialogs,
  eventually,
  lensesOf,
  startExtension,
  workspaceFile,
  type ShownDialog,
} from "../editor";
import { queryRows } from "../../support/queryRows";

const versions = "migrations/versions";

describe("adopting TypeORM migrations in the editor", () => {
  let inspection: Inspection;
  const databaseUrl = process.env["SUITE_DATABASE_URL"] ?? "";
  const query = (text: string): Promise<readonly unknown[]> => queryRows(databaseUrl, text);
  const files = (): readonly string[] =>
    readdirSync(workspaceFile(versions).fsPath).filter((name) => name.endsWith(".ts"));

  async function adopt(
    answer: string | undefined,
    meanwhile?: () => Promise<unknown>,
  ): Promise<readonly ShownDialog[]> {
    const dialogs = answerDialogs(answer, meanwhile);
    try {
      await vscode.commands.executeCommand("alembic.adoptTypeorm");
      return dialogs.shown;
    } finally {
      dialogs.restore();
    }
  }

  before(async () => {
    writeFileSync(workspaceFile(".env").fsPath, `DATABASE_URL=${databaseUrl}\n`);
    await query("CREATE TABLE users (id integer PRIMARY KEY)");
    await query(
      "CREATE TABLE migrations (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL)",
    );
    await query(
      "INSERT INTO migrations (timestamp, name) VALUES (1700000000001, 'CreateUsers1700000000001')",
    );
    inspection = await startExtension();
  });

  it("says what would be written and stamped, and does neither without a yes", async () => {
    const [dialog] = await adopt(undefined);
    assert.equal(dialog?.message, "Write 2 revisions for TypeORM migrations?");
    assert.match(
      dialog.detail ?? "",
      / will be stamped at 1700000000001, the last migration that has run there\.$/,
    );
    assert.deepEqual(dialog.actions, ["Adopt"]);
    assert.deepEqual(files(), []);
  });

  it("does nothing where another database is meant once the question is answered", async () => {
    const environment = workspaceFile(".env").fsPath;
    const other = new URL(databaseUrl);
    other.pathname = "/postgres";
    const [, refusal] = await adopt("Adopt", () =>
      Promise.resolve(writeFileSync(environment, `DATABASE_URL=${other.href}\n`)),
    );
    writeFileSync(environment, `DATABASE_URL=${databaseUrl}\n`);
    assert.match(
      refusal?.message ?? "",
      /Nothing was written.* It was made for .*, and the project's database is now postgres on/,
    );
    assert.deepEqual(files(), []);
  });

  it("writes the revisions, stamps the database, and shows both", async () => {
    await vscode.commands.executeCommand("alembic.checkStatus");
    await adopt("Adopt");
    assert.deepEqual(
      inspection.databaseStates().map((state) => (state.kind === "known" ? state.rows : state.kind)),
      [["1700000000001"]],
    );
    assert.deepEqual(files(), ["1700000000001_create_users.ts", "1700000000002_add_email.ts"]);
    assert.deepEqual(await query("SELECT version_num FROM alembic_version"), [
      { version_num: "1700000000001" },
    ]);
    assert.equal(
      vscode.window.activeTextEditor?.document.uri.fsPath.endsWith("1700000000002_add_email.ts"),
      true,
    );
    await eventually(() => {
      const rows = inspection.treeRows().filter(({ revision }) => revision !== undefined);
      assert.deepEqual(
        rows.map(({ revision, contextValue }) => [revision, contextValue.split(";")[1]]).sort(),
        [
          ["1700000000001", "current"],
          ["1700000000002", "pending"],
        ],
      );
    });
    const lenses = await eventually(async () => {
      const found = await lensesOf(`${versions}/1700000000002_add_email.ts`);
      assert.ok(found.length > 0);
      return found;
    });
    assert.ok(lenses.some(({ line }) => line.startsWith("export async function upgrade")));
  });

  it("runs an adopted revision like any other, and has nothing more to adopt", async () => {
    const dialogs = answerDialogs(undefined);
    await vscode.commands.executeCommand("alembic.upgradeToHead");
    dialogs.restore();
    assert.deepEqual(await query("SELECT version_num FROM alembic_version"), [
      { version_num: "1700000000002" },
    ]);
    assert.deepEqual(await query("SELECT email FROM users"), []);
    const [dialog] = await adopt(undefined);
    assert.equal(dialog?.message, "Every TypeORM migration has a revision, and there is nothing to stamp.");
  });
});
