import assert from "node:assert/strict";
import * as vscode from "vscode";
import { openFile } from "../editor";

/** Longer than the editor takes to look for files that would activate an extension. */
const patience = 3000;

describe("a workspace without a configuration", () => {
  it("does not start the extension, even for a TypeScript file", async () => {
    await openFile("src/main.ts");
    await new Promise((resolve) => setTimeout(resolve, patience));
    const extension = vscode.extensions.getExtension("alembic-ts.alembic-ts");
    assert.ok(extension);
    assert.equal(extension.isActive, false);
  });

  it("starts it when its view is opened, which then offers to set up a project", async () => {
    await vscode.commands.executeCommand("alembic.revisions.focus");
    const extension = vscode.extensions.getExtension("alembic-ts.alembic-ts");
    for (let waited = 0; extension?.isActive === false && waited < patience; waited += 100) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(extension?.isActive, true);
    assert.ok((await vscode.commands.getCommands()).includes("alembic.initialise"));
  });
});
