import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the editor that suites run in", () => {
  it("is a VS Code that the extension supports", () => {
    const [major, minor] = vscode.version.split(".").map(Number);
    assert.ok(major === 1 && minor !== undefined && minor >= 95, vscode.version);
  });

  it("has the suite's workspace open, and trusts it", async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, "note.txt"));
    assert.equal(document.getText(), "Opened by the suite.\n");
    assert.equal(vscode.workspace.isTrusted, true);
  });

  it("knows the extension under development", () => {
    assert.ok(vscode.extensions.getExtension("alembic-ts.alembic-ts-host-check"));
  });
});
