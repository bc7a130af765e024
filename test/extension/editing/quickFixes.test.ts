import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as vscode from "vscode";
import {
  answerDialogs,
  answerPicks,
  eventually,
  openFile,
  problemsOf,
  startExtension,
  typeOver,
  workspaceFile,
  type ShownDialog,
} from "../editor";
import { describeQuickFixes, fixesOf, headsByCommandLine } from "../quickFixTable";

const versions = "database/migrations/versions";
const email = `${versions}/20250101_0002-b2_add_email.ts`;
const index = `${versions}/20250101_0003-c3_add_index.ts`;

async function run(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.command);
  const { command, arguments: args = [] } = action.command;
  await vscode.commands.executeCommand(command, ...(args as unknown[]));
}

describeQuickFixes("a trusted folder", () => workspaceFile(versions));

describe("quick fixes that ask or run", () => {
  before(startExtension);
  afterEach(async () => {
    await openFile(index);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("are offered behind the edits, the best first", async () => {
    await typeOver(await openFile(index), 'null = "b2"', 'null = "b3"');
    assert.deepEqual(
      [...(await fixesOf(workspaceFile(index), "missing-down-revision")).keys()],
      [
        "Set the parent to b2 (add email)",
        "Make this a base",
        // Git has no file of it here, so nothing is offered to restore.
        "Choose the parent…",
      ],
    );
  });

  it("write the parent that is chosen", async () => {
    const editor = await openFile(index);
    await typeOver(editor, 'null = "b2"', 'null = "b3"');
    const fixes = await fixesOf(workspaceFile(index), "missing-down-revision");
    await answerPicks(["a1"], () => run(fixes.get("Choose the parent…")));
    await eventually(() => assert.match(editor.document.getText(), /Revises: a1\n[\s\S]*null = "a1";/));
    await editor.document.save();
    assert.deepEqual([...(await headsByCommandLine(workspaceFile(versions)))].sort(), ["b2", "c3"]);
    await typeOver(editor, "Revises: a1", "Revises: b2");
    await typeOver(editor, 'null = "a1"', 'null = "b2"');
    await editor.document.save();
  });

  it("offer no parent that stands on the revision itself", async () => {
    const editor = await openFile(email);
    await typeOver(editor, 'null = "a1"', 'null = "a9"');
    const fixes = await fixesOf(workspaceFile(email), "missing-down-revision");
    await answerPicks(["c3"], () => run(fixes.get("Choose the parent…")));
    assert.match(editor.document.getText(), /null = "a9"/);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("merge two heads", async () => {
    const editor = await openFile(index);
    await typeOver(editor, 'null = "b2"', 'null = "a1"');
    await editor.document.save();
    const fixes = await fixesOf(workspaceFile(index), "multiple-heads");
    assert.deepEqual(
      [...fixes.keys()],
      ["Set the parent to b2 (add email)", "Create a merge revision", "Check whether the heads fit together"],
    );
    const { showQuickPick, showInputBox } = vscode.window;
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) => Promise.resolve(items),
      showInputBox: () => Promise.resolve("merge both"),
    });
    await run(fixes.get("Create a merge revision"));
    Object.assign(vscode.window, { showQuickPick, showInputBox });
    const merge = await eventually(() => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      assert.match(uri?.path ?? "", /merge_both\.ts$/);
      return uri;
    });
    assert.equal((await headsByCommandLine(workspaceFile(versions))).length, 1);
    assert.ok(merge);
    await vscode.workspace.fs.delete(merge);
    await typeOver(await openFile(index), 'null = "a1"', 'null = "b2"');
    await vscode.workspace.saveAll();
    await eventually(async () => assert.deepEqual(await problemsOf(index), []));
  });

  it("check two heads, and merge them by one click", async () => {
    const editor = await openFile(index);
    await typeOver(editor, 'null = "b2"', 'null = "a1"');
    await editor.document.save();
    const fixes = await fixesOf(workspaceFile(index), "multiple-heads");
    const { showInformationMessage } = vscode.window;
    const messages: string[] = [];
    Object.assign(vscode.window, {
      showInformationMessage: (message: string, ...items: readonly string[]) => {
        messages.push(message);
        return Promise.resolve(items.includes("Merge") ? "Merge" : undefined);
      },
    });
    await run(fixes.get("Check whether the heads fit together"));
    Object.assign(vscode.window, { showInformationMessage });
    assert.deepEqual(messages, ["b2, c3 give the same schema in either order."]);
    const merge = vscode.window.activeTextEditor?.document.uri;
    assert.match(merge?.path ?? "", /merge_b2_and_c3\.ts$/);
    assert.equal((await headsByCommandLine(workspaceFile(versions))).length, 1);
    assert.ok(merge);
    await vscode.workspace.fs.delete(merge);
    await typeOver(await openFile(index), 'null = "a1"', 'null = "b2"');
    await vscode.workspace.saveAll();
    await eventually(async () => assert.deepEqual(await problemsOf(index), []));
  });

  it("restore a deleted parent from git", async () => {
    const folder = workspaceFile("").fsPath;
    const git = (...words: readonly string[]): unknown =>
      execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", ...words], {
        cwd: folder,
      });
    git("init", "-q");
    git("add", "database");
    git("commit", "-q", "-m", "all");
    git("rm", "-q", email);
    git("commit", "-q", "-m", "without email");
    // Offered once Git has answered.
    const restore = await eventually(async () => {
      const fixes = await fixesOf(workspaceFile(index), "missing-down-revision");
      assert.ok(fixes.has("Restore the file from Git"));
      return fixes.get("Restore the file from Git");
    });
    await run(restore);
    await eventually(async () => assert.deepEqual(await problemsOf(index), []));
    assert.match(
      (await vscode.workspace.openTextDocument(workspaceFile(email))).getText(),
      /revision = "b2"/,
    );
    assert.deepEqual(await headsByCommandLine(workspaceFile(versions)), ["c3"]);
  });

  it("rebase first what the main branch in Git has not", async () => {
    const folder = workspaceFile("").fsPath;
    const git = (...words: readonly string[]): unknown =>
      execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", ...words], {
        cwd: folder,
      });
    git("branch", "--force", "main");
    git("checkout", "-q", "main");
    git("rm", "-q", "--cached", index);
    git("add", "database/migrations/versions", `:!${index}`);
    git("commit", "-q", "--allow-empty", "-m", "without index");
    git("checkout", "-q", "-b", "feature");
    const editor = await openFile(index);
    await typeOver(editor, 'null = "b2"', 'null = "a1"');
    await editor.document.save();
    for (const file of [index, email]) {
      const [first] = (await fixesOf(workspaceFile(file), "multiple-heads")).keys();
      assert.equal(first, "Rebase c3 (add index) onto b2 (add email)…");
    }
    const { showWarningMessage } = vscode.window;
    Object.assign(vscode.window, {
      showWarningMessage: (_question: string, _options: unknown, ...items: readonly string[]) =>
        Promise.resolve(items[0]),
    });
    const fixes = await fixesOf(workspaceFile(index), "multiple-heads");
    await run(fixes.get("Rebase c3 (add index) onto b2 (add email)…"));
    Object.assign(vscode.window, { showWarningMessage });
    await eventually(() => assert.match(editor.document.getText(), /Revises: b2\n[\s\S]*null = "b2";/));
    await eventually(async () => assert.deepEqual(await problemsOf(index), []));
  });

  it("rebase from the dialog that tells why two heads do not fit together", async () => {
    const setBody = async (file: string, statement: string): Promise<void> => {
      const editor = await openFile(file);
      const text = editor.document.getText().replace("Revises: b2", "Revises: a1");
      const beside = text.replace('null = "b2"', 'null = "a1"');
      await typeOver(
        editor,
        editor.document.getText(),
        beside.replace(/ {2}await op\.[^\n]*/, `  ${statement}`),
      );
      await editor.document.save();
    };
    const rebase = "Rebase c3 onto b2…";
    const check = async (): Promise<readonly ShownDialog[]> => {
      const dialogs = answerDialogs(rebase);
      await vscode.commands.executeCommand("alembic.checkHeads");
      dialogs.restore();
      return dialogs.shown;
    };
    const message = "The heads do not fit together.";
    await setBody(email, `await op.renameTable("table_a1", "people");`);
    await setBody(index, `await op.addColumn("table_a1", "note", { type: "text" });`);
    const [refused, question] = await check();
    assert.deepEqual(refused, {
      message,
      detail: `PostgreSQL refuses c3 after b2: Revision c3 failed in upgrade(): relation "table_a1" does not exist`,
      actions: [rebase],
    });
    assert.equal(question?.message, "Rebase the branch that starts with c3 onto b2?");

    await setBody(email, `await op.execute("ALTER TABLE table_a1 ADD IF NOT EXISTS note integer");`);
    await setBody(index, `await op.execute("ALTER TABLE table_a1 ADD IF NOT EXISTS note text");`);
    const [differing] = await check();
    assert.deepEqual(differing, {
      message,
      detail:
        "If c3 runs before b2, the schema differs:\n• The type of column table_a1.note is text instead of integer.",
      actions: [rebase],
    });
  });
});
