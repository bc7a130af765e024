import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import { answerDialogs, eventually, lensesOfUri, saidBy, startExtension } from "../editor";
import { folderNamed } from "../workspaceFolders";

const folder = "python";
const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folderNamed(folder), name);
const path = (name: string): string => file(name).fsPath;

/** How the stand-in was called since the last time. */
function calls(): readonly string[] {
  const notes = path("calls.txt");
  const lines = existsSync(notes) ? readFileSync(notes, "utf8").trim().split("\n") : [];
  rmSync(notes, { force: true });
  return lines;
}

describe("a folder of Python's Alembic", () => {
  let inspection: Inspection;
  let target: (revision: string) => object;
  before(async () => {
    inspection = await startExtension();
    const shop = folderNamed("shop");
    vscode.workspace.updateWorkspaceFolders(vscode.workspace.workspaceFolders?.length ?? 0, 0, {
      uri: vscode.Uri.joinPath(shop, "..", folder),
    });
    await eventually(() => assert.equal(rowsBelow().at(-1)?.revision, "p1"));
    target = (revision) => ({ projectId: file("alembic.ini").toString(), revision });
  });
  const rowsBelow = (): ReturnType<Inspection["treeRows"]> => {
    const rows = inspection.treeRows();
    const begin = rows.findIndex(({ label }) => label === folder);
    return begin < 0 ? [] : rows.slice(begin, begin + 6);
  };

  it("shows each section of its ini file as a project, and starts nothing", () => {
    assert.deepEqual(
      rowsBelow().map(({ label, description, contextValue }) => [label, description, contextValue]),
      [
        ["python", "3 revisions", "project"],
        ["add index", "c3 · head", "revision;alembic;unknown;head"],
        ["add email", "b2", "revision;alembic;unknown"],
        ["create users", "a1 · base", "revision;alembic;unknown;base"],
        ["python [billing]", "1 revisions", "project"],
        ["create invoices", "p1 · head · base", "revision;alembic;unknown;head;base"],
      ],
    );
    assert.deepEqual(calls(), []);
  });

  it("has lenses that run and preview", async () => {
    const uri = file("migrations/versions/b2_add_email.py");
    const lenses = await eventually(async () => {
      const found = await lensesOfUri(uri);
      assert.equal(found.length, 4);
      return found;
    });
    assert.deepEqual(
      lenses.map(({ title, line }) => [title.replace(/^\$\(play\)\s/, ""), line]),
      [
        ["Upgrade to here", "def upgrade():"],
        ["Preview SQL", "def upgrade():"],
        ["Downgrade to before this", "def downgrade():"],
        ["Preview SQL", "def downgrade():"],
      ],
    );
  });

  it("upgrades through its own alembic, and shows where the database is", async () => {
    await saidBy(() => vscode.commands.executeCommand("alembic.upgradeToRevision", target("b2")));
    assert.deepEqual(calls(), [
      "-c ./alembic.ini current",
      "-c ./alembic.ini upgrade b2",
      "-c ./alembic.ini current",
    ]);
    await eventually(() =>
      assert.deepEqual(
        rowsBelow()
          .slice(1, 4)
          .map(({ contextValue }) => contextValue),
        [
          "revision;alembic;pending;head",
          "revision;alembic;current;applied",
          "revision;alembic;applied;base",
        ],
      ),
    );
  });

  it("gives the section of a project, and the values of the setting", async () => {
    const settings = vscode.workspace.getConfiguration("alembic");
    await settings.update("python.xArguments", ["tenant=acme"], vscode.ConfigurationTarget.Workspace);
    const billing = `${file("alembic.ini").toString()}#billing`;
    await saidBy(() => vscode.commands.executeCommand("alembic.checkStatus", billing));
    await settings.update("python.xArguments", undefined, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(calls(), ["-c ./alembic.ini -n billing -x tenant=acme current"]);
  });

  it("previews SQL through --sql", async () => {
    await vscode.commands.executeCommand("alembic.previewUpgradeSql", target("c3"));
    const text = await eventually(() => {
      const shown = vscode.workspace.textDocuments
        .filter(({ uri }) => uri.scheme === "alembic-sql")
        .map((document) => document.getText())
        .find((sql) => sql.includes("SELECT 1"));
      assert.ok(shown);
      return shown;
    });
    assert.equal(text, "-- alembic upgrade --sql b2:c3\n\n-- Running upgrade b2:c3\n\nSELECT 1;\n\n");
    assert.deepEqual(calls(), ["-c ./alembic.ini upgrade --sql b2:c3"]);
  });

  it("asks before a downgrade, with the revisions that it reverts", async () => {
    for (const answer of [undefined, "Downgrade"]) {
      const dialogs = answerDialogs(answer);
      await vscode.commands.executeCommand("alembic.downgradeBeforeRevision", target("b2"));
      dialogs.restore();
      assert.deepEqual(
        [dialogs.shown[0]?.message, dialogs.shown[0]?.detail],
        [
          "Downgrade the database of env.py by one revision?",
          "These are reverted, in this order. Data that they added is lost:\n• b2  add email",
        ],
      );
      assert.deepEqual(
        calls().filter((line) => !line.endsWith(" current")),
        answer === undefined ? [] : ["-c ./alembic.ini downgrade a1"],
      );
    }
  });

  it("says where a revision failed, and no password", async () => {
    writeFileSync(path("fail.txt"), "");
    const said = await saidBy(() =>
      vscode.commands.executeCommand("alembic.upgradeToRevision", target("c3")),
    );
    rmSync(path("fail.txt"));
    assert.deepEqual(said, [
      "Alembic failed: RuntimeError: no luck at postgresql://shop:***@localhost/shop The log has all that Alembic printed.",
    ]);
  });

  it("says in one sentence what is missing where there is no Alembic", async () => {
    const settings = vscode.workspace.getConfiguration("alembic");
    await settings.update("python.interpreter", "gone-too", vscode.ConfigurationTarget.Workspace);
    const said = await saidBy(() =>
      vscode.commands.executeCommand("alembic.upgradeToRevision", target("c3")),
    );
    await settings.update("python.interpreter", undefined, vscode.ConfigurationTarget.Workspace);
    assert.deepEqual(said, [
      `The setting alembic.python.interpreter names no Alembic (${path("gone-too")}). Install Alembic there, or name a virtual environment that has it.`,
    ]);
    assert.equal(rowsBelow().length, 6);
  });

  it("marks what is risky in SQL, where the file has it", async () => {
    const document = await vscode.workspace.openTextDocument(file("migrations/versions/c3_add_index.py"));
    const { length } = document.getText();
    const change = new vscode.WorkspaceEdit();
    const risky = document.getText().replace('"SELECT 1"', '"DROP "\n        "TABLE users"');
    change.replace(
      document.uri,
      new vscode.Range(document.positionAt(0), document.positionAt(length)),
      risky,
    );
    await vscode.window.showTextDocument(document);
    assert.ok(await vscode.workspace.applyEdit(change));
    const [diagnostic] = await eventually(() => {
      const found = vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === "alembic lint");
      assert.equal(found.length, 1);
      return found;
    });
    assert.ok(diagnostic);
    assert.equal(document.getText(diagnostic.range), 'DROP "\n        "TABLE users');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.deepEqual(
      actions.map(({ title }) => title),
      ["Ignore drop-table here"],
    );
    assert.ok(actions[0]?.edit);
    assert.ok(await vscode.workspace.applyEdit(actions[0].edit));
    assert.ok(document.getText().includes("\n    # lint-ignore drop-table: \n    op.execute("));
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("converts the selected revisions to TypeScript, after it showed them", async () => {
    const selection = [target("a1"), target("c3")];
    const dialogs = answerDialogs("Write to typescript");
    await vscode.commands.executeCommand("alembic.convertRevisions", selection[1], selection);
    dialogs.restore();
    assert.deepEqual(
      dialogs.shown.map(({ message }) => message),
      ["Convert 2 revisions to TypeScript?"],
    );
    assert.deepEqual(readdirSync(path("migrations/typescript")), ["a1_create_users.ts", "c3_add_index.ts"]);
    assert.ok(
      readFileSync(path("migrations/typescript/c3_add_index.ts"), "utf8").includes(
        'await op.execute("SELECT 1");',
      ),
    );
    assert.equal(
      vscode.window.activeTextEditor?.document.uri.fsPath,
      path("migrations/typescript/a1_create_users.ts"),
    );
    rmSync(path("migrations/typescript"), { recursive: true });
  });

  it("converts nothing where the user leaves", async () => {
    const dialogs = answerDialogs(undefined);
    await vscode.commands.executeCommand("alembic.convertRevisions", target("a1"));
    dialogs.restore();
    assert.equal(dialogs.shown.length, 1);
    assert.ok(!existsSync(path("migrations/typescript")));
  });
});
