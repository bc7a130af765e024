import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import {
  eventually,
  hoverText,
  lensesOf,
  needsTrust,
  openFile,
  problemsOf,
  saidBy,
  startExtension,
  typeOver,
  workspaceFile,
} from "../editor";
import { describeQuickFixes } from "../quickFixTable";

const versions = "database/migrations/versions";
const marker = "config-was-run.txt";

// All of them are in the suite `editing`.
describeQuickFixes("an untrusted folder", () => workspaceFile(versions), 4);

describe("an untrusted workspace", () => {
  let inspection: Inspection;
  before(async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    inspection = await startExtension();
  });

  it("shows its revisions, newest first, and no state that nobody asked for", () => {
    assert.deepEqual(
      inspection.treeRows().map(({ label, description, contextValue }) => [label, description, contextValue]),
      [
        ["add index", "c3 · head", "revision;unknown;head"],
        ["add email", "b2", "revision;unknown"],
        ["create users", "a1 · base", "revision;unknown;base"],
      ],
    );
  });

  it("shows the SQL of an operation on hover, and runs nothing", async () => {
    const { document } = await openFile(`${versions}/20250101_0001-a1_create_users.ts`);
    assert.match(
      await hoverText(document, "op.dropTable"),
      /SQL on PostgreSQL[^\n]*\n\n```sql\nDROP TABLE table_a1;/,
    );
    assert.equal(existsSync(workspaceFile(marker).fsPath), false);
  });

  it("reports problems of the chain", async () => {
    const path = `${versions}/20250101_0002-b2_add_email.ts`;
    const editor = await openFile(path);
    await typeOver(editor, 'null = "a1"', 'null = "a9"');
    await eventually(async () =>
      assert.deepEqual(
        (await problemsOf(path)).filter(([code]) => code === "missing-down-revision"),
        [["missing-down-revision", "a9"]],
      ),
    );
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("has lenses, whose commands run nothing", async () => {
    const lenses = await eventually(async () => {
      const found = await lensesOf(`${versions}/20250101_0003-c3_add_index.ts`);
      assert.equal(found.length, 4);
      return found;
    });
    const said = [];
    for (const { title, command } of lenses) {
      const call = (): Thenable<unknown> =>
        vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
      said.push([title, await saidBy(call)]);
    }
    assert.deepEqual(said, [
      ["$(play)\u00a0Upgrade to here", [needsTrust]],
      ["Preview SQL", [needsTrust]],
      ["Downgrade to before this", [needsTrust]],
      ["Preview SQL", [needsTrust]],
    ]);
    assert.deepEqual(inspection.databaseStates(), [{ kind: "unknown" }]);
  });

  it("lists tests with data by their text alone", async () => {
    const { tests } = inspection;
    await vscode.commands.executeCommand("workbench.view.testing.focus");
    const [project] = await eventually(() => {
      const projects = [...tests.items].map(([, item]) => item);
      assert.equal(projects.length, 1);
      return projects;
    });
    assert.ok(project);
    await tests.resolveHandler?.(project);
    const revision = project.children.get("roundTrip a1");
    assert.ok(revision);
    const file = workspaceFile(`${versions}/20250101_0001-a1_create_users.test.ts`);
    const marked = workspaceFile("test-was-loaded.txt").fsPath;
    const text = `require("node:fs").writeFileSync(${JSON.stringify(marked)}, "");\nexport function first() {}\n`;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await eventually(() => assert.ok(revision.canResolveChildren));
    await tests.resolveHandler?.(revision);
    assert.deepEqual(
      [...revision.children].map(([, { label }]) => label),
      ["first"],
    );
    assert.equal(existsSync(marked), false);
    await vscode.workspace.fs.delete(file);
  });

  it("runs no code of the workspace, whatever command is called", async () => {
    const expected = {
      upgradeToHead: [needsTrust],
      downgradeByOne: [needsTrust],
      current: [needsTrust],
      checkStatus: [needsTrust],
      // It reads files only.
      refresh: [],
      newRevision: [needsTrust],
      autogenerateRevision: [needsTrust],
      checkDrift: [needsTrust],
      showDrift: [needsTrust],
    };
    const said: Record<string, readonly string[]> = {};
    for (const command of Object.keys(expected)) {
      said[command] = await saidBy(() => vscode.commands.executeCommand(`alembic.${command}`));
    }
    assert.deepEqual(said, expected);
    assert.equal(existsSync(workspaceFile(marker).fsPath), false);
    assert.deepEqual(inspection.databaseStates(), [{ kind: "unknown" }]);
  });
});
