import assert from "node:assert/strict";
import * as vscode from "vscode";

/** A folder of a workspace that has several. */
export function folderNamed(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.find((candidate) => candidate.name === name);
  assert.ok(folder);
  return folder.uri;
}

const versions = "shop/migrations/versions";

/** A file of the project `shop` of such a workspace. */
export function shopFile(name: string): vscode.Uri {
  const [folder = "", ...path] = `${versions}/${name}`.split("/");
  return vscode.Uri.joinPath(folderNamed(folder), ...path);
}

/** What reads files only, and so must work in every folder of a workspace, trusted or not. */
export function describeNavigation(): void {
  describe("revision ids in one of several folders", () => {
    const email = (): vscode.Uri => shopFile("20250101_0002-b2_add_email.ts");
    let parent: vscode.Position;
    before(async () => {
      const document = await vscode.workspace.openTextDocument(email());
      await vscode.window.showTextDocument(document);
      parent = document.positionAt(document.getText().indexOf('null = "a1"') + 'null = "a'.length);
    });
    after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

    const namesOf = (found: readonly (vscode.Location | vscode.LocationLink)[]): readonly string[] =>
      found.map((place) => ("targetUri" in place ? place.targetUri : place.uri).path.split("/").at(-1) ?? "");

    it("lead to the parent", async () => {
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        "vscode.executeDefinitionProvider",
        email(),
        parent,
      );
      assert.deepEqual(namesOf(found), ["20250101_0001-a1_create_users.ts"]);
    });

    it("lead to the children", async () => {
      const found = await vscode.commands.executeCommand<vscode.Location[]>(
        "vscode.executeReferenceProvider",
        email(),
        parent,
      );
      assert.ok(namesOf(found).includes("20250101_0002-b2_add_email.ts"));
    });

    it("tell their message on hover", async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        email(),
        parent,
      );
      const text = hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (typeof content === "string" ? content : content.value))
        .join("\n");
      assert.match(text, /create users/);
    });

    it("are found among the workspace's symbols, with their project", async () => {
      const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
        "vscode.executeWorkspaceSymbolProvider",
        "create",
      );
      const ours = symbols.filter(({ kind }) => kind === vscode.SymbolKind.Event);
      assert.deepEqual(ours.map(({ name, containerName }) => `${containerName}: ${name}`).sort(), [
        "blog: create posts (f0)",
        "shop: create users (a1)",
      ]);
    });

    it("are renamed in the files of their own project only", async () => {
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        "vscode.executeDocumentRenameProvider",
        email(),
        parent,
        "a1a1",
      );
      const names = edit.entries().map(([uri]) => uri.path.split("/").at(-1));
      assert.deepEqual(names.sort(), ["20250101_0001-a1_create_users.ts", "20250101_0002-b2_add_email.ts"]);
    });

    it("are completed with those of their own project, heads first", async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        email(),
        parent,
      );
      const ours = list.items
        .filter(({ kind }) => kind === vscode.CompletionItemKind.Reference)
        .sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))
        .map(({ label }) => (typeof label === "string" ? label : label.label));
      assert.deepEqual(ours, ["c3", "a1"]);
    });

    it("have the ancestry of a type hierarchy", async () => {
      const [item] = await vscode.commands.executeCommand<vscode.TypeHierarchyItem[]>(
        "vscode.prepareTypeHierarchy",
        email(),
        new vscode.Position(0, 0),
      );
      const parents = await vscode.commands.executeCommand<vscode.TypeHierarchyItem[]>(
        "vscode.provideSupertypes",
        item,
      );
      assert.deepEqual(
        parents.map(({ detail }) => detail),
        ["a1"],
      );
    });
  });
}
