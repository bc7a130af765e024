import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import { codeOf, eventually, hoverText, lensesOf, openFile, startExtension, typeOver } from "../editor";

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

describe("measuring in the editor", () => {
  const path = "migrations/versions/c1_change.ts";
  const dangerous = `op.createCheckConstraint("positive", "orders", "id > 0")`;
  const measured = "locks orders: ACCESS EXCLUSIVE, reads all rows of orders";
  let inspection: Inspection;
  let document: vscode.TextDocument;
  let original: string;

  const told = (): readonly string[] =>
    vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ source }) => source === "alembic lint")
      .map((diagnostic) => `${codeOf(diagnostic)}: ${/^Measured: .*$/m.exec(diagnostic.message)?.[0] ?? ""}`);
  const lensTitles = async (): Promise<readonly (string | undefined)[]> =>
    (await lensesOf(path)).map(({ title }) => title);

  before(async () => {
    inspection = await startExtension();
    const editor = await openFile(path);
    document = editor.document;
    original = document.getText();
    await typeOver(editor, calm, dangerous);
    await eventually(() => assert.deepEqual(told(), ["check-constraint-scans: "]));
  });
  after(() => vscode.commands.executeCommand("workbench.action.files.revert"));

  it("runs nothing until it is asked for", async () => {
    assert.match(await hoverText(document, "op.createCheckConstraint"), /\(command:alembic\.measureLocks\?/);
    assert.ok(!(await lensTitles()).some((title) => title?.includes("ACCESS EXCLUSIVE")));
  });

  it("shows what was measured in the diagnostic, the hover, the lens and the preview", async () => {
    const [ask] = (await actionsAt(document, "op.createCheckConstraint")).filter(
      ({ title }) => title === "Measure what the revision locks",
    );
    assert.ok(ask?.command);
    const { command, arguments: parameters = [] } = ask.command;
    await vscode.commands.executeCommand(command, ...(parameters as readonly unknown[]));
    await eventually(() => assert.deepEqual(told(), [`check-constraint-scans: Measured: ${measured}.`]));
    assert.ok(
      (await hoverText(document, "op.createCheckConstraint"))
        .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
        .includes(`Measured: ${measured}.`),
    );
    await eventually(async () => assert.ok((await lensTitles()).includes(measured)));
    await vscode.commands.executeCommand("alembic.previewUpgradeSql", document.uri);
    const preview = await eventually(() => {
      const found = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "alembic-sql");
      assert.ok(found);
      return found;
    });
    assert.match(
      preview.getText(),
      new RegExp(`-- Measured: ${measured}\\.\n(?:BEGIN;\n)?ALTER TABLE orders`),
    );
  });

  it("has nothing to tell once the fix is taken, and forgets what was measured of another text", async () => {
    const fix = (await actionsAt(document, "op.createCheckConstraint")).find(({ title }) =>
      title.startsWith("Add it as NOT VALID"),
    );
    assert.ok(fix?.edit);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await eventually(() => assert.deepEqual(told(), []));
    await eventually(async () => assert.ok(!(await lensTitles()).includes(measured)));
  });

  it("tells how large the tables are in the database that was checked", async () => {
    await typeOver(await openFile(path), document.getText(), original.replace(calm, dangerous));
    const [before] = inspection.selectedRows("b1");
    await vscode.commands.executeCommand("alembic.upgradeToRevision", before);
    await vscode.commands.executeCommand("alembic.measureLocks", document.uri);
    await eventually(() =>
      assert.deepEqual(told(), [`check-constraint-scans: Measured: ${measured} (16 kB).`]),
    );
  });
});
