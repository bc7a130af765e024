import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as vscode from "vscode";
import { codeOf, eventually, openFile, problemsOf, startExtension, typeOver, workspaceFile } from "../editor";

const versions = "database/migrations/versions";
const users = `${versions}/20250101_0001-a1_create_users.ts`;
const email = `${versions}/20250101_0002-b2_add_email.ts`;
const index = `${versions}/20250101_0003-c3_add_index.ts`;

/** Other extensions have quick fixes too, and the answer does not say whose is which. */
const ourTitles = /^(?:Revise|Make this|Choose the parent|Restore the|Give this file|Create a merge)/;

/** The quick fixes for a problem, by title. */
async function fixesOf(path: string, code: string): Promise<ReadonlyMap<string, vscode.CodeAction>> {
  const uri = workspaceFile(path);
  const problem = await eventually(() => {
    const found = vscode.languages.getDiagnostics(uri).find((diagnostic) => codeOf(diagnostic) === code);
    assert.ok(found, `no ${code}`);
    return found;
  });
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    problem.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const ours = actions.filter(({ title }) => ourTitles.test(title));
  return new Map(ours.map((action) => [action.title, action]));
}

async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
}

describe("quick fixes", () => {
  before(startExtension);
  afterEach(async () => {
    for (const path of [users, email, index]) {
      await openFile(path);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    }
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("mend a mistyped parent, in the code and the comment", async () => {
    const editor = await openFile(index);
    await typeOver(editor, 'null = "b2"', 'null = "b3"');
    const fixes = await fixesOf(index, "missing-down-revision");
    assert.deepEqual(
      [...fixes.keys()],
      [
        "Revise b2 (add email)",
        "Make this a base",
        "Choose the parent…",
        "Restore the deleted file from Git",
      ],
    );
    await apply(fixes.get("Revise b2 (add email)"));
    await eventually(async () => assert.deepEqual(await problemsOf(index), []));
    assert.match(editor.document.getText(), /Revises: b2\n[\s\S]*null = "b2";/);
  });

  it("give a duplicate another id", async () => {
    const editor = await openFile(index);
    await typeOver(editor, 'revision = "c3"', 'revision = "b2"');
    const fixes = await fixesOf(index, "duplicate-revision");
    const [title = "", action] = [...fixes][0] ?? [];
    assert.match(title, /^Give this file the new id [0-9a-f]{12}$/);
    await apply(action);
    await eventually(async () => assert.deepEqual(await problemsOf(index), []));
  });

  it("cut a cycle", async () => {
    const editor = await openFile(users);
    await typeOver(editor, "string | string[] | null = null", 'string | string[] | null = "c3"');
    await apply((await fixesOf(users, "cycle")).get("Make this a base"));
    await eventually(async () => assert.deepEqual(await problemsOf(users), []));
    assert.match(editor.document.getText(), /down_revision: string \| string\[\] \| null = null;/);
  });

  it("put one of two heads on the other, or merge them", async () => {
    const editor = await openFile(index);
    await typeOver(editor, 'null = "b2"', 'null = "a1"');
    const fixes = await fixesOf(index, "multiple-heads");
    assert.deepEqual([...fixes.keys()], ["Revise b2 (add email)", "Create a merge revision"]);
    await apply(fixes.get("Revise b2 (add email)"));
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
    const fixes = await fixesOf(index, "missing-down-revision");
    const action = fixes.get("Restore the deleted file from Git");
    assert.ok(action?.command);
    await vscode.commands.executeCommand(
      action.command.command,
      ...((action.command.arguments ?? []) as unknown[]),
    );
    await eventually(async () => assert.deepEqual(await problemsOf(index), []));
    assert.match(
      (await vscode.workspace.openTextDocument(workspaceFile(email))).getText(),
      /revision = "b2"/,
    );
  });
});
