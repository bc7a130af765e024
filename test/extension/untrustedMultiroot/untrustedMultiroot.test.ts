import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import { eventually, lensesOfUri, needsTrust, saidBy, startExtension } from "../editor";
import { describeQuickFixes, fixesOf } from "../quickFixTable";
import { describeNavigation, folderNamed, shopFile } from "../workspaceFolders";

describe("an untrusted workspace with several folders", () => {
  let inspection: Inspection;
  before(async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    inspection = await startExtension();
  });
  after(() => {
    assert.equal(existsSync(vscode.Uri.joinPath(folderNamed("shop"), "config-was-run.txt").fsPath), false);
    assert.deepEqual(inspection.databaseStates(), [{ kind: "unknown" }, { kind: "unknown" }]);
  });

  it("shows the revisions of each project", () => {
    assert.deepEqual(
      inspection.treeRows().map(({ label }) => label),
      ["blog", "create posts", "shop", "add index", "add email", "create users"],
    );
  });

  it("has lenses, whose commands run nothing", async () => {
    const lenses = await lensesOfUri(shopFile("20250101_0003-c3_add_index.ts"));
    assert.equal(lenses.length, 4);
    const said = [];
    for (const { command } of lenses) {
      const call = (): Thenable<unknown> =>
        vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
      said.push(await saidBy(call));
    }
    assert.deepEqual(said, [[needsTrust], [needsTrust], [needsTrust], [needsTrust]]);
  });

  it("offers no fix that runs code, and tools that say why they do nothing", async () => {
    await assert.rejects(
      async () => vscode.lm.invokeTool("alembic_status", { input: {}, toolInvocationToken: undefined }),
      { message: "The workspace is not trusted. Ask the user to trust it first." },
    );
    const uri = shopFile("20250101_0003-c3_add_index.ts");
    const editor = await vscode.window.showTextDocument(uri);
    const text = editor.document.getText();
    const start = editor.document.positionAt(text.indexOf('"b2"'));
    await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 4)), '"a1"'));
    const fixes = await fixesOf(uri, "multiple-heads");
    assert.deepEqual([...fixes.keys()], ["Set the parent to b2 (add email)"]);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("offers no MCP server, nor one that the editor remembers", async () => {
    const { token } = new vscode.CancellationTokenSource();
    const provider = inspection.mcpServers;
    assert.ok(provider);
    assert.deepEqual(await provider.provideMcpServerDefinitions(token), []);
    const remembered = new vscode.McpStdioServerDefinition("Alembic: shop", process.execPath, ["-v"]);
    assert.equal(await provider.resolveMcpServerDefinition?.(remembered, token), undefined);
  });

  it("opens the graph, which reads files only", async () => {
    await vscode.window.showTextDocument(shopFile("20250101_0002-b2_add_email.ts"));
    await vscode.commands.executeCommand("alembic.showGraph");
    await eventually(() => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      assert.ok(tabs.some(({ input }) => input instanceof vscode.TabInputWebview));
    });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("runs nothing, whatever command is called", async () => {
    const manifest = vscode.extensions.getExtension("alembic-ts.alembic-ts")?.packageJSON as {
      readonly contributes: {
        readonly commands: readonly { readonly command: string; readonly enablement: string }[];
      };
    };
    const running = manifest.contributes.commands.filter(({ enablement }) =>
      enablement.includes("isWorkspaceTrusted"),
    );
    assert.ok(running.length > 10);
    const others: [string, readonly string[]][] = [];
    for (const { command } of running) {
      const said = await saidBy(() => vscode.commands.executeCommand(command));
      if (said.length !== 1 || said[0] !== needsTrust) {
        others.push([command, said]);
      }
    }
    // It has nothing to do without a problem that it is called for, and runs nothing.
    assert.deepEqual(others, [["alembic.restoreParent", []]]);
  });

  describeNavigation();
  describeQuickFixes("one of several untrusted folders", () => vscode.Uri.joinPath(shopFile(""), "."));
});
