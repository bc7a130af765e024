import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import { codeOf, eventually, startExtension } from "../editor";

const folderNamed = (name: string): vscode.Uri => {
  const folder = vscode.workspace.workspaceFolders?.find((candidate) => candidate.name === name);
  assert.ok(folder);
  return folder.uri;
};

describe("a workspace with several folders", () => {
  let inspection: Inspection;
  const labels = (): readonly string[] => inspection.treeRows().map(({ label }) => label);
  before(async () => {
    inspection = await startExtension();
  });

  it("shows each project with its own revisions, whatever its configuration and language are", () => {
    assert.deepEqual(labels(), ["blog", "create posts", "shop", "add index", "add email", "create users"]);
  });

  it("keeps the same id in two projects apart", async () => {
    const uri = vscode.Uri.joinPath(folderNamed("blog"), "migrations/versions/a1_other.py");
    const text = [
      '"""other',
      "",
      "Revision ID: a1",
      "Revises: f0",
      '"""',
      'revision = "a1"',
      'down_revision = "f0"',
    ];
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${text.join("\n")}\n`));
    await eventually(() => assert.ok(labels().includes("other")));
    const duplicates = vscode.languages
      .getDiagnostics()
      .flatMap(([, diagnostics]) => diagnostics)
      .filter((diagnostic) => codeOf(diagnostic) === "duplicate-revision");
    assert.deepEqual(duplicates, []);
  });

  it("drops a project whose configuration goes, and takes up one that comes", async () => {
    const config = vscode.Uri.joinPath(folderNamed("blog"), "alembic.config.json");
    const text = await vscode.workspace.fs.readFile(config);
    await vscode.workspace.fs.delete(config);
    await eventually(() => assert.deepEqual(labels(), ["add index", "add email", "create users"]));
    await vscode.workspace.fs.writeFile(config, text);
    await eventually(() => assert.ok(labels().includes("create posts")));
  });
});
