import assert from "node:assert/strict";
import * as vscode from "vscode";
import { codeOf, eventually, openFile, startExtension, typeOver } from "../editor";

const file = "migrations/versions/a1_users.ts";
const calm = `op.execute("SELECT 1")`;

/** What lint marks in a document: the code and the marked text. */
function marked(document: vscode.TextDocument): readonly string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === "alembic lint")
    .map((diagnostic) => `${codeOf(diagnostic)}: ${document.getText(diagnostic.range)}`);
}

async function actionsAt(document: vscode.TextDocument, text: string): Promise<readonly vscode.CodeAction[]> {
  const at = document.positionAt(document.getText().indexOf(text) + 4);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    new vscode.Range(at, at),
    vscode.CodeActionKind.QuickFix.value,
  );
}

describe("lint in the editor", () => {
  let editor: vscode.TextEditor;

  before(async () => {
    await startExtension();
    editor = await openFile(file);
  });
  afterEach(() => vscode.commands.executeCommand("workbench.action.files.revert"));

  it("marks what is typed, and nothing of it once its fix is taken", async () => {
    const { document } = editor;
    await typeOver(editor, calm, `op.createIndex("ix", "users", ["name"])`);
    await eventually(() => assert.deepEqual(marked(document), ["index-not-concurrent: op.createIndex"]));
    const fix = (await actionsAt(document, "op.createIndex")).find(
      ({ title }) => title === "Use CONCURRENTLY",
    );
    assert.ok(fix?.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.ok(document.getText().includes(`op.createIndex("ix", "users", ["name"], { concurrently: true })`));
    await eventually(() => assert.deepEqual(marked(document), []));
  });

  it("ignores what a comment ignores, and takes the levels of the configuration", async () => {
    const { document } = editor;
    await typeOver(editor, calm, `op.execute("ALTER TABLE a DROP CONSTRAINT b"); await op.dropTable("a")`);
    await eventually(() =>
      assert.ok(marked(document).includes("drop-table: op.dropTable"), marked(document).join()),
    );
    assert.ok(!marked(document).some((found) => found.startsWith("drop-constraint")));
    const [ignore] = (await actionsAt(document, "op.dropTable")).filter(
      ({ title }) => title === "Ignore drop-table here",
    );
    assert.ok(ignore?.edit);
    assert.ok(await vscode.workspace.applyEdit(ignore.edit));
    await eventually(() =>
      assert.deepEqual(marked(document), ["ignore-without-reason: lint-ignore drop-table:"]),
    );
  });

  it("marks nothing where it is switched off", async () => {
    const settings = vscode.workspace.getConfiguration("alembic");
    await typeOver(editor, calm, `op.dropTable("a")`);
    await eventually(() => assert.deepEqual(marked(editor.document), ["drop-table: op.dropTable"]));
    await settings.update("lint.enabled", false, vscode.ConfigurationTarget.Workspace);
    await eventually(() => assert.deepEqual(marked(editor.document), []));
    await settings.update("lint.enabled", undefined, vscode.ConfigurationTarget.Workspace);
  });
});
