import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import {
  answerDialogs,
  codeOf,
  eventually,
  lensesOf,
  openFile,
  problemsOf,
  startExtension,
  typeOver,
  workspaceFile,
} from "../editor";
import { revisionFilePaths } from "../../support/revisionFilePaths";

const versions = "database/migrations/versions";
const users = `${versions}/20250101_0001-a1_create_users.ts`;
const email = `${versions}/20250101_0002-b2_add_email.ts`;
const index = `${versions}/20250101_0003-c3_add_index.ts`;

/** As a key would: from `b2`, which the last revision names as its parent, only `b` is left. */
async function deleteLastCharacterOfParent(editor: vscode.TextEditor): Promise<void> {
  const end = editor.document.getText().indexOf('null = "b2"') + 'null = "b2'.length;
  const caret = editor.document.positionAt(end);
  editor.selection = new vscode.Selection(caret, caret);
  await vscode.commands.executeCommand("deleteLeft");
}

describe("a chain of revisions in the editor", () => {
  let inspection: Inspection;
  const labels = (): readonly string[] => inspection.treeRows().map(({ label }) => label);
  before(async () => {
    inspection = await startExtension();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("has every command of the manifest", async () => {
    const manifest = vscode.extensions.getExtension("alembic-ts.alembic-ts")?.packageJSON as {
      readonly contributes: { readonly commands: readonly { readonly command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it("is listed newest first", () => {
    assert.deepEqual(labels(), ["add index", "add email", "create users"]);
  });

  it("says above its rows that the state is unknown, and how to learn it", () => {
    assert.deepEqual(inspection.stateRows(), ["State unknown · Check status"]);
  });

  it("shows a mistyped parent on exactly that string, until it is mended, unsaved as it is", async () => {
    const editor = await openFile(email);
    await typeOver(editor, 'null = "a1"', 'null = "a9"');
    await eventually(async () =>
      assert.deepEqual(
        (await problemsOf(email)).filter(([code]) => code === "missing-down-revision"),
        [["missing-down-revision", "a9"]],
      ),
    );
    assert.equal(editor.document.isDirty, true);
    assert.deepEqual(labels().slice(0, 1), ["Problems"]);
    await typeOver(editor, 'null = "a9"', 'null = "a1"');
    await eventually(async () => assert.deepEqual(await problemsOf(email), []));
    await eventually(() => assert.deepEqual(labels(), ["add index", "add email", "create users"]));
  });

  it("keeps its rows while an id is typed, and shows what came of it when the caret leaves the line", async () => {
    const editor = await openFile(index);
    await deleteLastCharacterOfParent(editor);
    await eventually(async () =>
      assert.deepEqual(
        (await problemsOf(index)).filter(([code]) => code === "missing-down-revision"),
        [["missing-down-revision", "b"]],
      ),
    );
    assert.deepEqual(labels(), ["add index", "add email", "create users"]);
    await vscode.commands.executeCommand("cursorDown");
    await eventually(() => assert.deepEqual(labels().slice(0, 1), ["Problems"]));
    // To mend it is not to type: the rows follow at once.
    await typeOver(editor, 'null = "b"', 'null = "b2"');
    await eventually(() => assert.deepEqual(labels(), ["add index", "add email", "create users"]));
  });

  it("shows what came of a typed id when the file is saved", async () => {
    const editor = await openFile(index);
    await deleteLastCharacterOfParent(editor);
    await eventually(async () =>
      assert.ok((await problemsOf(index)).some(([code]) => code === "missing-down-revision")),
    );
    assert.deepEqual(labels().slice(0, 1), ["add index"]);
    await editor.document.save();
    await eventually(() => assert.deepEqual(labels().slice(0, 1), ["Problems"]));
    await typeOver(editor, 'null = "b"', 'null = "b2"');
    await editor.document.save();
    await eventually(() => assert.deepEqual(labels(), ["add index", "add email", "create users"]));
  });

  it("opens and copies several selected rows", async () => {
    const rows = inspection.selectedRows("c3", "a1");
    await vscode.commands.executeCommand("alembic.copyRevisionId", rows[0], rows);
    assert.equal(await vscode.env.clipboard.readText(), "c3\na1");
    // A row that is not among the selected ones is meant alone.
    await vscode.commands.executeCommand("alembic.copyRevisionId", inspection.selectedRows("b2")[0], rows);
    assert.equal(await vscode.env.clipboard.readText(), "b2");
    await vscode.commands.executeCommand("alembic.openRevision", rows[0], rows);
    await eventually(() => {
      const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      assert.deepEqual(open, ["20250101_0003-c3_add_index.ts", "20250101_0001-a1_create_users.ts"]);
    });
  });

  it("deletes no revision on which another stands, and one that is a head after a question", async () => {
    const refused = answerDialogs("Delete");
    const [middle] = inspection.selectedRows("b2");
    await vscode.commands.executeCommand("alembic.deleteRevision", middle, [middle]);
    refused.restore();
    assert.deepEqual(
      refused.shown.map(({ message }) => message),
      ["Can't delete b2: other revisions follow (c3)."],
    );
    const text = readFileSync(workspaceFile(index).fsPath);
    const rows = inspection.selectedRows("b2", "c3");
    const unanswered = answerDialogs(undefined);
    await vscode.commands.executeCommand("alembic.deleteRevision", rows[0], rows);
    unanswered.restore();
    assert.deepEqual(
      unanswered.shown.map(({ message, actions }) => [message, actions]),
      [["Delete 2 revisions?", ["Delete"]]],
    );
    assert.match(unanswered.shown[0]?.detail ?? "", /b2_add_email\.ts\n• .*c3_add_index\.ts\nThe state/);
    assert.equal(labels().length, 3);
    const dialogs = answerDialogs("Delete");
    const [head] = inspection.selectedRows("c3");
    await vscode.commands.executeCommand("alembic.deleteRevision", head, [head]);
    dialogs.restore();
    await eventually(() => assert.deepEqual(labels(), ["add email", "create users"]));
    writeFileSync(workspaceFile(index).fsPath, text);
    await eventually(() => assert.equal(labels().length, 3));
  });

  it("puts the caret into a new revision, and takes it from nobody who moves it then", async () => {
    const { showInputBox } = vscode.window;
    Object.assign(vscode.window, { showInputBox: () => Promise.resolve("new") });
    const typeIntoNew = async (): Promise<string> => {
      await vscode.commands.executeCommand("alembic.newRevision");
      await vscode.commands.executeCommand("type", { text: "typed" });
      const document = vscode.window.activeTextEditor?.document;
      assert.ok(document);
      await eventually(() => assert.match(document.getText(), /typed/));
      await document.save();
      await vscode.workspace.fs.delete(document.uri);
      await eventually(() => assert.equal(labels().length, 3));
      return document.getText();
    };
    try {
      assert.match(await typeIntoNew(), /upgrade\(.*\{\n {2}typed\n\}/);
      const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        const editor = vscode.window.activeTextEditor;
        if (editor?.document === document && document.getText().includes("Promise<void> {\n")) {
          const start = new vscode.Position(0, 0);
          editor.selection = new vscode.Selection(start, start);
          listener.dispose();
        }
      });
      assert.match(await typeIntoNew(), /^typed\/\*\*/);
    } finally {
      Object.assign(vscode.window, { showInputBox });
    }
  });

  it("explains a problem behind its code", async () => {
    const editor = await openFile(email);
    await typeOver(editor, 'null = "a1"', 'null = "a9"');
    const diagnostic = await eventually(() => {
      const found = vscode.languages
        .getDiagnostics(editor.document.uri)
        .find((candidate) => codeOf(candidate) === "missing-down-revision");
      assert.ok(found);
      return found;
    });
    const { code } = diagnostic;
    assert.ok(typeof code === "object");
    assert.equal(code.target.toString(true), 'command:alembic.explainProblem?["missing-down-revision"]');
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand(code.target.path, code.value);
    await eventually(() => {
      const labels = vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ label }) => label);
      assert.ok(
        labels.some((label) => label.includes("problems.md")),
        labels.join(),
      );
    });
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  });

  it("reports a duplicate id and a cycle", async () => {
    const editor = await openFile(index);
    await typeOver(editor, 'revision = "c3"', 'revision = "b2"');
    await eventually(async () => {
      const codes = [...(await problemsOf(index)), ...(await problemsOf(email))].map(([code]) => code);
      assert.ok(codes.includes("duplicate-revision"), codes.join(" "));
    });
    await vscode.commands.executeCommand("workbench.action.files.revert");
    const first = await openFile(users);
    await typeOver(first, "string | string[] | null = null", 'string | string[] | null = "c3"');
    await eventually(async () => {
      const codes = (await problemsOf(users)).map(([code]) => code);
      assert.ok(codes.includes("cycle"), codes.join(" "));
    });
  });

  it("says that there are several heads, as information", async () => {
    const editor = await openFile(index);
    await typeOver(editor, 'null = "b2"', 'null = "a1"');
    await eventually(() => {
      const found = vscode.languages
        .getDiagnostics()
        .flatMap(([, diagnostics]) => diagnostics)
        .filter((diagnostic) => codeOf(diagnostic) === "multiple-heads");
      assert.ok(found.length > 0);
      assert.ok(found.every(({ severity }) => severity === vscode.DiagnosticSeverity.Information));
    });
  });

  it("follows files that come and go on disk", async () => {
    const uri = workspaceFile(`${versions}/20250101_0004-d4_later.ts`);
    const text = (await vscode.workspace.openTextDocument(workspaceFile(index)))
      .getText()
      .replaceAll("c3", "d4")
      .replaceAll("b2", "c3")
      .replace("add index", "later");
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    await eventually(() => assert.deepEqual(labels(), ["later", "add index", "add email", "create users"]));
    await vscode.workspace.fs.delete(uri);
    await eventually(() => assert.deepEqual(labels(), ["add index", "add email", "create users"]));
  });

  it("counts the files that the command line counts", async () => {
    const path = (name: string): vscode.Uri => workspaceFile(`${versions}/${name}`);
    const names = [...revisionFilePaths.keys()].filter((name) => !name.includes("/"));
    const revisionOf = (name: string): string => `x${String(names.indexOf(name))}`;
    const header = (name: string): string =>
      name.endsWith(".py")
        ? `revision = "${revisionOf(name)}"\ndown_revision = None\n`
        : `export const revision = "${revisionOf(name)}";\nexport const down_revision = null;\n`;
    const known = ["c3", "b2", "a1"];
    const listed = (): readonly string[] => {
      const revisions = inspection.treeRows().flatMap(({ revision }) => revision ?? []);
      return revisions.filter((revision) => !known.includes(revision)).toSorted();
    };
    try {
      for (const name of names) {
        writeFileSync(path(name).fsPath, header(name));
      }
      const expected = names.filter((name) => revisionFilePaths.get(name) === true).map(revisionOf);
      await inspection.whenRead();
      assert.deepEqual(listed(), expected.toSorted());
    } finally {
      names.forEach((name) => rmSync(path(name).fsPath, { force: true }));
      await inspection.whenRead();
    }
  });

  it("has no syntax error of a file any more once its editor is closed", async () => {
    // Of its own: what the API opened before, the editor keeps for minutes after its tab is closed.
    const uri = workspaceFile(`${versions}/20250101_0004-d4_broken.ts`);
    const broken = readFileSync(workspaceFile(email).fsPath, "utf8")
      .replace('"b2"', '"d4"')
      .replace('"a1"', '"c3"')
      .replace("upgrade(", "upgrade((");
    const errors = (): readonly string[] =>
      vscode.languages
        .getDiagnostics(uri)
        .map(codeOf)
        .filter((code) => code === "syntax-error");
    try {
      writeFileSync(uri.fsPath, broken);
      await inspection.whenRead();
      await vscode.commands.executeCommand("vscode.open", uri);
      await eventually(() => assert.deepEqual(errors().slice(0, 1), ["syntax-error"]));
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await eventually(() => assert.deepEqual(errors(), []));
    } finally {
      rmSync(uri.fsPath, { force: true });
      await inspection.whenRead();
    }
  });

  it("has lenses above both functions, that stay while the file is half typed and can be turned off", async () => {
    const titles = async (): Promise<readonly string[]> => (await lensesOf(email)).map(({ title }) => title);
    const all = ["$(play)\u00a0Upgrade to here", "Preview SQL", "Downgrade to before this", "Preview SQL"];
    const editor = await openFile(email);
    await eventually(async () => assert.deepEqual(await titles(), all));
    await typeOver(editor, "await op.createTable(", "await op.createTable((({");
    await eventually(async () =>
      assert.ok((await problemsOf(email)).some(([code]) => code === "syntax-error")),
    );
    assert.deepEqual(await titles(), all);
    const settings = vscode.workspace.getConfiguration("alembic");
    await settings.update("codeLens.run", false, vscode.ConfigurationTarget.Workspace);
    await eventually(async () => assert.deepEqual(await titles(), ["Preview SQL", "Preview SQL"]));
    await settings.update("codeLens.run", undefined, vscode.ConfigurationTarget.Workspace);
  });

  it("knows the revision of the active editor", async () => {
    await openFile(email);
    await eventually(async () => {
      await vscode.commands.executeCommand("alembic.copyRevisionId");
      assert.equal(await vscode.env.clipboard.readText(), "b2");
    });
  });
});
