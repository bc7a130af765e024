import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, openFile, startExtension } from "../editor";

describe("the extension among the editor's own features", () => {
  before(startExtension);

  it("offers tasks that run the command line", async () => {
    const tasks = await vscode.tasks.fetchTasks({ type: "alembic" });
    assert.deepEqual(tasks.map(({ name }) => name).sort(), [
      "current",
      "downgrade -1",
      "history",
      "upgrade head",
    ]);
  });

  it("runs such a task", async () => {
    const task = (await vscode.tasks.fetchTasks({ type: "alembic" })).find(({ name }) => name === "history");
    assert.ok(task);
    const ended = new Promise<number | undefined>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.name === "history") {
          listener.dispose();
          resolve(exitCode);
        }
      });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await ended, 0);
  });

  it("offers three tools to language models, none of which changes a database", () => {
    const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith("alembic_"));
    assert.deepEqual(names.sort(), ["alembic_create_revision", "alembic_preview_sql", "alembic_status"]);
  });

  it("opens its graph page on demand", async () => {
    await openFile("database/migrations/versions/20250101_0002-b2_add_email.ts");
    await vscode.commands.executeCommand("alembic.showGraph");
    await eventually(() => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      assert.ok(
        tabs.some(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("alembic.graph"),
        ),
      );
    });
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
});
