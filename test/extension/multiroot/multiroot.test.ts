import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import { answerDialogs, answerPicks, codeOf, eventually, lensesOfUri, startExtension } from "../editor";
import { describeQuickFixes } from "../quickFixTable";
import { describeNavigation, folderNamed, shopFile } from "../workspaceFolders";

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

  it("loads several version locations in the order of the configuration, and each file once", async () => {
    const folder = vscode.Uri.joinPath(folderNamed("blog"), "places");
    const write = (path: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), new TextEncoder().encode(text));
    const base = (id: string): string => `revision = "${id}"\ndown_revision = None\n`;
    const shown = (): readonly string[] => labels().filter((label) => /^place/.test(label));
    await write("m/second/x.py", base("place1"));
    await write("m/first/a.py", base("place2"));
    symlinkSync("../second/x.py", vscode.Uri.joinPath(folder, "m/first/link.py").fsPath);
    const versionLocations = ["m/second", "m/first", "m/second"];
    await write("alembic.config.json", JSON.stringify({ scriptLocation: "m", versionLocations }));
    await eventually(() => assert.deepEqual(shown(), ["place1", "place2"]));
    await write(
      "alembic.config.json",
      JSON.stringify({ scriptLocation: "m", versionLocations: ["m/first"] }),
    );
    await eventually(() => assert.deepEqual(shown(), ["place2", "place1"]));
    await write("alembic.config.json", JSON.stringify({ scriptLocation: "m", versionLocations }));
    await eventually(() => assert.deepEqual(shown(), ["place1", "place2"]));
    await write("m/second/b.py", base("place3"));
    symlinkSync("../second/b.py", vscode.Uri.joinPath(folder, "m/first/later.py").fsPath);
    await eventually(() => assert.deepEqual(shown(), ["place3", "place1", "place2"]));
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, "m/first/later.py"));
    const duplicates = vscode.languages
      .getDiagnostics()
      .flatMap(([, diagnostics]) => diagnostics)
      .filter((diagnostic) => codeOf(diagnostic) === "duplicate-revision");
    assert.deepEqual(duplicates, []);
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await eventually(() => assert.deepEqual(shown(), []));
  });

  it("writes no TypeScript into a project of Python's Alembic", async () => {
    const folder = vscode.Uri.joinPath(folderNamed("blog"), "python");
    const write = (path: string, text: string): Thenable<void> =>
      vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), new TextEncoder().encode(text));
    const revision = 'revision = "p1"\ndown_revision = None\n';
    await write("migrations/env.py", "from alembic import context\n");
    await write("migrations/versions/p1_first.py", revision);
    await write("alembic.ini", "[alembic]\nscript_location = migrations\n");
    const { showInputBox } = vscode.window;
    const dialogs = answerDialogs(undefined);
    Object.assign(vscode.window, { showInputBox: () => Promise.resolve("second") });
    try {
      await eventually(() => assert.equal(labels().filter((label) => label === "p1").length, 1));
      const file = vscode.Uri.joinPath(folder, "migrations/versions/p1_first.py");
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
      await vscode.commands.executeCommand("alembic.newRevision");
      await eventually(() => assert.equal(dialogs.shown.length, 1));
      assert.match(dialogs.shown[0]?.message ?? "", /Python/);
      const files = await vscode.workspace.fs.readDirectory(
        vscode.Uri.joinPath(folder, "migrations/versions"),
      );
      assert.deepEqual(
        files.map(([name]) => name),
        ["p1_first.py"],
      );
    } finally {
      dialogs.restore();
      Object.assign(vscode.window, { showInputBox });
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await vscode.workspace.fs.delete(folder, { recursive: true });
      await eventually(() => assert.ok(!labels().includes("p1")));
      // With its folder the project is gone, too.
      await eventually(() => assert.equal(inspection.databaseStates().length, 2));
    }
  });

  it("has lenses whose commands know their project", async () => {
    const lenses = await lensesOfUri(shopFile("20250101_0002-b2_add_email.ts"));
    const [target] = (lenses[0]?.command.arguments ?? []) as { projectId: string; revision: string }[];
    assert.match(target?.projectId ?? "", /shop\/alembic\.ini$/);
    assert.equal(target?.revision, "b2");
  });

  it("previews the SQL of a revision of the project that it belongs to", async () => {
    const lenses = await lensesOfUri(shopFile("20250101_0002-b2_add_email.ts"));
    const preview = lenses.find(({ title }) => title === "Preview SQL");
    await vscode.commands.executeCommand(
      preview?.command.command ?? "",
      ...((preview?.command.arguments ?? []) as unknown[]),
    );
    const document = await eventually(() => {
      const found = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "alembic-sql");
      assert.match(found?.getText() ?? "", /CREATE TABLE "?table_b2"?/);
      return found;
    });
    assert.match(document?.getText() ?? "", /alembic-ts upgrade --sql a1:b2/);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("asks which project a command of the palette means, and remembers it", async () => {
    const { showQuickPick } = vscode.window;
    const asked: (readonly string[])[] = [];
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
        asked.push(items.map(({ label }) => label));
        return Promise.resolve(items.find(({ label }) => label === "shop"));
      },
    });
    try {
      await answerPicks(["a1"], () => vscode.commands.executeCommand("alembic.previewSql"));
      await answerPicks(["a1"], () => vscode.commands.executeCommand("alembic.previewSql"));
    } finally {
      Object.assign(vscode.window, { showQuickPick });
    }
    assert.deepEqual(asked, [["blog", "shop"]]);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("offers tasks for each project", async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: "alembic" });
    const configs = new Set(tasks.map(({ definition }) => String(definition["config"])));
    assert.deepEqual([...configs].sort(), ["alembic.config.json", "alembic.ini"]);
  });

  it("lists the tests of each project", async () => {
    await vscode.commands.executeCommand("workbench.view.testing.focus");
    await eventually(() =>
      assert.deepEqual([...inspection.tests.items].map(([, { label }]) => label).sort(), ["blog", "shop"]),
    );
  });

  it("draws the graph of the project that is meant", async () => {
    await vscode.window.showTextDocument(shopFile("20250101_0002-b2_add_email.ts"));
    await vscode.commands.executeCommand("alembic.showGraph");
    await eventually(() => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      assert.ok(tabs.some(({ input }) => input instanceof vscode.TabInputWebview));
    });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
});

describeNavigation();
describeQuickFixes("one of several folders", () => vscode.Uri.joinPath(shopFile(""), "."));
