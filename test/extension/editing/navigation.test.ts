import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, hoverText, openFile, startExtension, typeOver, workspaceFile } from "../editor";

const versions = "database/migrations/versions";
const users = `${versions}/20250101_0001-a1_create_users.ts`;
const email = `${versions}/20250101_0002-b2_add_email.ts`;
const index = `${versions}/20250101_0003-c3_add_index.ts`;

const nameOf = (uri: vscode.Uri): string => uri.path.split("/").at(-1) ?? "";

describe("navigation by revision ids", () => {
  let parent: vscode.Position;
  before(async () => {
    await startExtension();
    const { document } = await openFile(email);
    parent = document.positionAt(document.getText().indexOf('null = "a1"') + 'null = "'.length + 1);
  });
  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("goes to the parent's file", async () => {
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      workspaceFile(email),
      parent,
    );
    const uris = found.map((place) => nameOf("targetUri" in place ? place.targetUri : place.uri));
    assert.deepEqual(uris, [nameOf(workspaceFile(users))]);
  });

  it("finds the children", async () => {
    const { document } = await openFile(users);
    const own = document.positionAt(
      document.getText().indexOf('revision = "a1"') + 'revision = "'.length + 1,
    );
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeReferenceProvider",
      document.uri,
      own,
    );
    assert.ok(found.some(({ uri }) => nameOf(uri) === nameOf(workspaceFile(email))));
  });

  it("tells of the revision on hover", async () => {
    const { document } = await openFile(email);
    const text = await hoverText(document, 'null = "a1');
    assert.match(text, /create users/);
    assert.match(text, /The database has not been queried/);
  });

  it("shows the SQL of an operation on hover", async () => {
    const { document } = await openFile(users);
    assert.match(
      await hoverText(document, "op.createTable"),
      /SQL on PostgreSQL[\s\S]*```sql\nCREATE TABLE /,
    );
  });

  it("completes ids, heads first", async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      workspaceFile(email),
      parent,
    );
    const ours = list.items
      .filter(({ kind }) => kind === vscode.CompletionItemKind.Reference)
      .sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))
      .map(({ label }) => (typeof label === "string" ? label : `${label.label} ${label.description ?? ""}`));
    assert.deepEqual(ours, ["c3 add index", "a1 create users"]);
  });

  it("shows the ancestry as a type hierarchy", async () => {
    const [item] = await vscode.commands.executeCommand<vscode.TypeHierarchyItem[]>(
      "vscode.prepareTypeHierarchy",
      workspaceFile(email),
      new vscode.Position(0, 0),
    );
    assert.equal(item?.name, "add email");
    const neighbours = async (command: string): Promise<readonly string[]> =>
      (await vscode.commands.executeCommand<vscode.TypeHierarchyItem[]>(command, item)).map(
        ({ name, detail }) => `${detail ?? ""} ${name}`,
      );
    assert.deepEqual(await neighbours("vscode.provideSupertypes"), ["a1 create users"]);
    assert.deepEqual(await neighbours("vscode.provideSubtypes"), ["c3 add index"]);
  });

  it("renames a revision everywhere, and refuses a name that is taken", async () => {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      workspaceFile(email),
      parent,
      "a1a1",
    );
    const files = edit.entries().map(([uri, edits]) => [nameOf(uri), edits.length]);
    assert.deepEqual(files.sort(), [
      [nameOf(workspaceFile(users)), 2],
      [nameOf(workspaceFile(email)), 2],
    ]);
    await assert.rejects(
      async () =>
        vscode.commands.executeCommand(
          "vscode.executeDocumentRenameProvider",
          workspaceFile(email),
          parent,
          "c3",
        ),
      /already exists/,
    );
  });

  it("links the ids of comments", async () => {
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      workspaceFile(email),
    );
    assert.deepEqual(
      links.flatMap(({ target }) => (target === undefined ? [] : [nameOf(target)])),
      [nameOf(workspaceFile(users))],
    );
  });

  it("finds revisions by message among the workspace's symbols", async () => {
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      "vscode.executeWorkspaceSymbolProvider",
      "add ind",
    );
    const ours = symbols.filter(({ kind }) => kind === vscode.SymbolKind.Event).map(({ name }) => name);
    assert.deepEqual(ours, ["add index (c3)"]);
  });

  it("stays right while a file is edited", async () => {
    const editor = await openFile(index);
    await typeOver(editor, 'null = "b2"', 'null = "a1"');
    const position = editor.document.positionAt(editor.document.getText().indexOf('null = "a1"') + 9);
    await eventually(async () => {
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        "vscode.executeDefinitionProvider",
        editor.document.uri,
        position,
      );
      const uris = found.map((place) => nameOf("targetUri" in place ? place.targetUri : place.uri));
      assert.ok(uris.includes(nameOf(workspaceFile(users))));
    });
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });
});
