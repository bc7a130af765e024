import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import {
  answerDialogs,
  eventually,
  lensesOf,
  openFile,
  problemsOf,
  startExtension,
  typeOver,
  workspaceFile,
} from "../editor";
import { assertNoNeedlessNotice, traceLenses } from "../lensTrace";
import { queryValues } from "../../support/queryRows";

const versions = "database/migrations/versions";
const head = "pqr678";
const verified = `${versions}/20251001_2115-def456_add_email_verified_column_to_users.ts`;
const indexed = `${versions}/20251001_2130-ghi789_add_composite_index_for_user_queries.ts`;

describe("migrations of the example, run from the editor", () => {
  let inspection: Inspection;
  const databaseUrl = process.env["SUITE_DATABASE_URL"] ?? "";
  const query = (text: string): Promise<readonly unknown[]> => queryValues(databaseUrl, text);
  const versionRows = (): Promise<readonly unknown[]> => query("select version_num from alembic_version");
  const columnsOfUsers = (): Promise<readonly unknown[]> =>
    query("select column_name from information_schema.columns where table_name = 'users'");
  const marks = (): ReadonlyMap<string, string> =>
    new Map(
      inspection
        .treeRows()
        .map(({ revision, contextValue }) => [revision ?? "", contextValue.split(";")[1] ?? ""]),
    );

  before(async () => {
    const extension = vscode.extensions.getExtension("alembic-ts.alembic-ts");
    assert.ok(extension);
    const folder = workspaceFile("").fsPath;
    cpSync(join(extension.extensionPath, "examples/educational-platform"), folder, {
      recursive: true,
      filter: (source) => !/node_modules|\.alembic/.test(source.slice(extension.extensionPath.length)),
    });
    writeFileSync(join(folder, ".env"), `DATABASE_URL=${databaseUrl}\n`);
    inspection = await startExtension();
    await eventually(() => assert.equal(inspection.treeRows().length, 7));
  });

  it("ask no database for a preview that fails in the middle", async () => {
    const editor = await openFile(verified);
    await typeOver(editor, "  await op.addColumn", '  throw new Error("on the way");\n  await op.addColumn');
    await vscode.commands.executeCommand("alembic.previewUpgradeSql");
    await eventually(() => {
      const preview = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "alembic-sql");
      assert.match(preview?.getText() ?? "", /on the way/);
    });
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    assert.deepEqual(inspection.databaseStates(), [{ kind: "unknown" }]);
  });

  it("ask the database only when told to", async () => {
    assert.deepEqual(inspection.databaseStates(), [{ kind: "unknown" }]);
    assert.deepEqual(new Set(marks().values()), new Set(["unknown"]));
    await vscode.commands.executeCommand("alembic.checkStatus");
    assert.deepEqual(new Set(marks().values()), new Set(["pending"]));
  });

  it("upgrade to one revision by its lens, which then says that it is current", async () => {
    await vscode.commands.executeCommand("alembic.checkStatus");
    const lens = (await lensesOf(verified))[0];
    assert.equal(lens?.title, `$(play)\u00a0Upgrade to here · 3 pending`);
    await vscode.commands.executeCommand(
      lens.command.command,
      ...((lens.command.arguments ?? []) as unknown[]),
    );
    assert.deepEqual(await versionRows(), ["def456"]);
    assert.ok((await columnsOfUsers()).includes("email_verified"));
    assert.equal((await lensesOf(verified))[0]?.title, "Current");
    assert.deepEqual(
      [marks().get("def456"), marks().get("abc123"), marks().get("ghi789")],
      ["current", "applied", "pending"],
    );
  });

  it("tell the editor of a run's lenses without need of no more, and of none that it does not show", async () => {
    const trace = traceLenses(inspection.lenses, workspaceFile(verified));
    await openFile(verified);
    await eventually(() => assert.equal(trace.events.at(-1), "given"));
    for (const command of ["alembic.checkStatus", "alembic.upgradeToHead"]) {
      assertNoNeedlessNotice(await trace.during(() => vscode.commands.executeCommand(command)));
    }
    assert.deepEqual(await versionRows(), [head]);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await eventually(() => assert.deepEqual(vscode.window.visibleTextEditors, []));
    const before = trace.events.length;
    await vscode.commands.executeCommand("alembic.checkStatus");
    assert.ok(!trace.events.slice(before).includes("told"));
    trace.stop();
  });

  it("upgrade to head", async () => {
    await vscode.commands.executeCommand("alembic.upgradeToHead");
    assert.deepEqual(await versionRows(), [head]);
    assert.equal(marks().get(head), "current");
    assert.ok(![...marks().values()].includes("pending"));
  });

  it("ask first where the setting says so, and run what was shown", async () => {
    const settings = vscode.workspace.getConfiguration("alembic");
    const upgradeWith = async (confirm: string, answer: string | undefined): Promise<readonly string[]> => {
      await settings.update("confirmUpgrade", confirm, vscode.ConfigurationTarget.Global);
      const dialogs = answerDialogs(answer);
      await vscode.commands.executeCommand("alembic.upgradeToHead");
      dialogs.restore();
      return dialogs.shown.map(({ message }) => message.replace(/ \S+ on \S+ /, " it "));
    };
    const [newest, before, earlier] = inspection.treeRows().flatMap(({ revision }) => revision ?? []);
    const moveTo = (row: string | undefined): Promise<unknown> =>
      query(`update alembic_version set version_num = '${row ?? ""}'`);
    try {
      await moveTo(before);
      assert.deepEqual(await upgradeWith("always", undefined), ["Upgrade it by one revision?"]);
      assert.deepEqual(await versionRows(), [before]);
      await moveTo(earlier);
      assert.deepEqual(await upgradeWith("severalPending", undefined), ["Upgrade it by 2 revisions?"]);
      assert.deepEqual(await versionRows(), [earlier]);
    } finally {
      await settings.update("confirmUpgrade", undefined, vscode.ConfigurationTarget.Global);
      await moveTo(newest);
      await vscode.commands.executeCommand("alembic.checkStatus");
    }
  });

  it("downgrade nothing without a confirmation that names the revisions", async () => {
    const dialogs = answerDialogs(undefined);
    await vscode.commands.executeCommand("alembic.downgradeByOne");
    dialogs.restore();
    assert.deepEqual(await versionRows(), [head]);
    assert.equal(dialogs.shown.length, 1);
    assert.match(dialogs.shown[0]?.detail ?? "", /pqr678/);
  });

  /** Another database, that stands where the suite's does. */
  async function createTwin(): Promise<string> {
    await query("create database confirmed_twin");
    const twin = new URL(databaseUrl);
    twin.pathname = "/confirmed_twin";
    await queryValues(twin.href, "create table alembic_version (version_num varchar(32) primary key)");
    await queryValues(twin.href, `insert into alembic_version values ('${head}')`);
    return twin.href;
  }
  const useDatabase = (url: string): void =>
    writeFileSync(join(workspaceFile("").fsPath, ".env"), `DATABASE_URL=${url}\n`);

  it("name in the question the database that the run will use, whatever was asked before", async () => {
    const twin = await createTwin();
    useDatabase(twin);
    const dialogs = answerDialogs("Downgrade", () => Promise.resolve(useDatabase(databaseUrl)));
    await vscode.commands.executeCommand("alembic.downgradeByOne");
    dialogs.restore();
    const name = new URL(databaseUrl).pathname.slice(1);
    assert.match(dialogs.shown[0]?.message ?? "", /^Downgrade confirmed_twin on .* by one revision\?$/);
    assert.match(
      dialogs.shown[1]?.message ?? "",
      new RegExp(`Nothing was run.* for confirmed_twin on .*, and the project's database is now ${name} on`),
    );
    assert.deepEqual(await versionRows(), [head]);
    assert.deepEqual(await queryValues(twin, "select version_num from alembic_version"), [head]);
    await query("drop database confirmed_twin with (force)");
  });

  it("revert nothing where the database has moved while the question was open", async () => {
    const dialogs = answerDialogs("Downgrade", () =>
      query("update alembic_version set version_num = 'ghi789'"),
    );
    await vscode.commands.executeCommand("alembic.downgradeByOne");
    dialogs.restore();
    assert.match(dialogs.shown[0]?.detail ?? "", /pqr678/);
    assert.match(
      dialogs.shown[1]?.message ?? "",
      /Nothing was run.* The database was at pqr678, and is now at ghi789\./,
    );
    assert.deepEqual(await versionRows(), ["ghi789"]);
    await query(`update alembic_version set version_num = '${head}'`);
  });

  it("show as unknown, and not as pending, what a row that no file has may stand on", async () => {
    await query("update alembic_version set version_num = 'zzz999'");
    await vscode.commands.executeCommand("alembic.checkStatus");
    try {
      assert.match(
        inspection.message(),
        /^The database is at zzz999, which no revision here has\. .* · as of \d\d:\d\d$/,
      );
      const states = [...marks()].flatMap(([revision, mark]) => (revision === "" ? [] : [mark]));
      assert.deepEqual(new Set(states), new Set(["unknown"]));
      assert.ok((await lensesOf(verified)).every(({ title }) => !title.includes("pending")));
    } finally {
      await query(`update alembic_version set version_num = '${head}'`);
      await vscode.commands.executeCommand("alembic.checkStatus");
    }
    assert.match(inspection.message(), /^\S+ on \S+ · as of \d\d:\d\d$/);
  });

  it("lead with the row that no file has, and find its file on another branch of Git", async () => {
    const folder = workspaceFile("").fsPath;
    const git = (...words: readonly string[]): unknown =>
      execFileSync("git", ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", ...words], {
        cwd: folder,
      });
    const file = `${versions}/zzz999_add_nickname.ts`;
    const text = readFileSync(workspaceFile(verified).fsPath, "utf8").replaceAll("def456", "zzz999");
    git("init", "-q", "-b", "main");
    git("add", verified);
    git("commit", "-q", "-m", "all");
    git("switch", "-q", "-c", "feature/nickname");
    writeFileSync(workspaceFile(file).fsPath, text);
    git("add", file);
    git("commit", "-q", "-m", "nickname");
    git("switch", "-q", "main");
    await query("update alembic_version set version_num = 'zzz999'");
    try {
      const refusal = answerDialogs(undefined);
      await vscode.commands.executeCommand("alembic.upgradeToHead");
      refusal.restore();
      assert.deepEqual(refusal.shown, [
        {
          message:
            "The database is at zzz999, which no revision here has. Can't locate revision identified by 'zzz999'.",
          detail: undefined,
          actions: ["Look in Git", "Stamp…", "Show Log"],
        },
      ]);
      const [lens] = await lensesOf(verified);
      const { projectId } = (lens?.command.arguments?.[0] ?? {}) as { readonly projectId?: string };
      const offer = answerDialogs("Restore File");
      await vscode.commands.executeCommand("alembic.findRevisionInGit", { projectId, row: "zzz999" });
      offer.restore();
      assert.deepEqual(offer.shown, [
        {
          message:
            "The database is at zzz999, which no revision here has. Its file zzz999_add_nickname.ts is on the Git branch feature/nickname.",
          detail: undefined,
          actions: ["Restore File", "Stamp…"],
        },
      ]);
      assert.equal(readFileSync(workspaceFile(file).fsPath, "utf8"), text);
    } finally {
      rmSync(workspaceFile(file).fsPath, { force: true });
      rmSync(workspaceFile(".git").fsPath, { recursive: true, force: true });
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      await query(`update alembic_version set version_num = '${head}'`);
      await inspection.whenRead();
      await vscode.commands.executeCommand("alembic.checkStatus");
    }
  });

  it("offer to try again where no server answers, which does all that was asked for", async () => {
    useDatabase("postgres://postgres@127.0.0.1:1/nowhere");
    const dialogs = answerDialogs("Retry", () => Promise.resolve(useDatabase(databaseUrl)));
    await vscode.commands.executeCommand("alembic.downgradeByOne");
    await eventually(() => assert.equal(dialogs.shown.length, 2));
    dialogs.restore();
    assert.deepEqual(dialogs.shown[0]?.actions, ["Retry", "Select Environment", "Show Log"]);
    assert.match(dialogs.shown[1]?.message ?? "", /^Downgrade .+ by one revision\?$/);
    assert.deepEqual(await versionRows(), [head]);
  });

  it("downgrade to before a revision by its lens", async () => {
    const lens = (await lensesOf(verified)).find(({ title }) => title.startsWith("Downgrade"));
    assert.equal(lens?.title, "Downgrade to before this · 5 reverted");
    const dialogs = answerDialogs("Downgrade");
    await vscode.commands.executeCommand(
      lens.command.command,
      ...((lens.command.arguments ?? []) as unknown[]),
    );
    dialogs.restore();
    assert.match(dialogs.shown[0]?.message ?? "", /by 5 revisions/);
    assert.deepEqual(await versionRows(), ["abc123"]);
    assert.ok(!(await columnsOfUsers()).includes("email_verified"));
    assert.equal(marks().get("abc123"), "current");
  });

  it("preview as read-only SQL, which follows the file as it is typed", async () => {
    const editor = await openFile(verified);
    await vscode.commands.executeCommand("alembic.previewUpgradeSql");
    const preview = await eventually(() => {
      const found = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "alembic-sql");
      assert.ok(found);
      return found;
    });
    assert.equal(preview.languageId, "sql");
    await eventually(() =>
      assert.match(preview.getText(), /ALTER TABLE "?users"? ADD COLUMN "?email_verified"? boolean/i),
    );
    await typeOver(editor, '"email_verified"', '"email_confirmed"');
    await eventually(() => assert.match(preview.getText(), /email_confirmed/));
    assert.ok(editor.document.isDirty);
    await typeOver(editor, '"email_confirmed"', '"email_confirmed');
    await eventually(() => {
      assert.match(preview.getText(), /The SQL below is from the last version that could be read/);
      assert.match(preview.getText(), /email_confirmed/);
    });
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await eventually(() => assert.match(preview.getText(), /ADD COLUMN "?email_verified"?/));
  });

  it("preview what another program writes into a file that no editor shows", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const path = workspaceFile(indexed).fsPath;
    const text = readFileSync(path, "utf8");
    const projectId = workspaceFile("alembic.config.ts").toString();
    await vscode.commands.executeCommand("alembic.previewUpgradeSql", { projectId, revision: "ghi789" });
    const preview = await eventually(() => {
      const found = vscode.workspace.textDocuments.find(
        ({ uri, isClosed }) => uri.scheme === "alembic-sql" && uri.query.includes("ghi789") && !isClosed,
      );
      assert.ok(found);
      return found;
    });
    await eventually(() => assert.match(preview.getText(), /CREATE INDEX "?idx_users_org_status/));
    try {
      writeFileSync(path, text.replace("idx_users_org_status", "idx_renamed"));
      await eventually(() => assert.match(preview.getText(), /CREATE INDEX "?idx_renamed/));
    } finally {
      writeFileSync(path, text);
    }
    await eventually(() => assert.match(preview.getText(), /CREATE INDEX "?idx_users_org_status/));
  });

  it("count as edited when their code changes after they were applied, and not when a comment does", async () => {
    const path = `${versions}/20251001_2100-abc123_add_user_profiles_table.ts`;
    const codes = async (): Promise<readonly string[]> => (await problemsOf(path)).map(([code]) => code);
    const editor = await openFile(path);
    const original = editor.document.getText();
    const write = async (text: string): Promise<void> => {
      await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), text));
      assert.ok(await editor.document.save());
    };
    // That the comment contradicts the header shows that this text has been looked at.
    await write(`${original.replace("Revision ID: abc123", "Revision ID: abc124")}\n// applied long ago\n`);
    await eventually(async () => assert.deepEqual(await codes(), ["comment-contradicts-revision"]));
    await write(`${original}\nexport const late = 1;\n`);
    await eventually(async () => assert.deepEqual(await codes(), ["edited-after-applied"]));
    await vscode.commands.executeCommand("alembic.acceptAppliedText", editor.document.uri);
    await eventually(async () => assert.deepEqual(await codes(), []));
    await write(original);
    await eventually(async () => assert.deepEqual(await codes(), ["edited-after-applied"]));
    await vscode.commands.executeCommand("alembic.acceptAppliedText", editor.document.uri);
    await eventually(async () => assert.deepEqual(await codes(), []));
  });

  const failures = (): readonly vscode.Diagnostic[] =>
    vscode.languages
      .getDiagnostics(workspaceFile(verified))
      .filter(({ code }) => typeof code === "object" && code.value === "revision-failed");

  it("leave the database as it was where one fails, and say where", async () => {
    const editor = await openFile(verified);
    const original = editor.document.getText();
    await typeOver(editor, 'addColumn("users"', 'addColumn("no_such_table"');
    assert.ok(await editor.document.save());
    const dialogs = answerDialogs(undefined);
    await vscode.commands.executeCommand("alembic.upgradeToHead");
    dialogs.restore();
    assert.deepEqual(await versionRows(), ["abc123"]);
    assert.equal(dialogs.shown.length, 1);
    assert.match(dialogs.shown[0]?.message ?? "", /no_such_table/);
    assert.deepEqual(dialogs.shown[0]?.actions, ["Open File", "Show Log"]);
    const [failure, ...others] = failures();
    assert.ok(failure);
    assert.deepEqual(others, []);
    assert.match(editor.document.getText(failure.range), /^addColumn\("no_such_table"/);
    assert.equal(failure.source, "alembic");
    assert.equal(failure.severity, vscode.DiagnosticSeverity.Error);
    assert.deepEqual(failure.message.split("\n"), [
      'Revision def456 failed in upgrade(): relation "no_such_table" does not exist',
      "What was not committed is rolled back; the database is at abc123.",
      "Correct the revision, and run the command again.",
    ]);
    await editor.edit((edit) => {
      const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
      edit.replace(all, original);
    });
    await eventually(() => assert.deepEqual(failures(), []));
    assert.ok(await editor.document.save());
  });

  it("go on after that, and forget a failure whose cause was elsewhere", async () => {
    await query("ALTER TABLE users ADD COLUMN email_verified text");
    const dialogs = answerDialogs(undefined);
    await vscode.commands.executeCommand("alembic.upgradeToHead");
    dialogs.restore();
    assert.match(failures()[0]?.message ?? "", /column "email_verified" of relation "users" already exists/);
    await query("ALTER TABLE users DROP COLUMN email_verified");
    await vscode.commands.executeCommand("alembic.upgradeToHead");
    assert.deepEqual(await versionRows(), [head]);
    assert.deepEqual(failures(), []);
  });

  it("work on a database whose URL is typed in, and show it without its password", async () => {
    const originals = {
      showQuickPick: vscode.window.showQuickPick,
      showInputBox: vscode.window.showInputBox,
    };
    const url = new URL(databaseUrl);
    url.password = "hush-hush";
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) =>
        Promise.resolve(items.find(({ label }) => label.includes("Enter a URL"))),
      showInputBox: () => Promise.resolve(url.href),
    });
    await vscode.commands.executeCommand("alembic.selectEnvironment");
    Object.assign(vscode.window, originals);
    assert.deepEqual(inspection.databaseStates(), [{ kind: "unknown" }]);
    const dialogs = answerDialogs(undefined);
    await vscode.commands.executeCommand("alembic.checkStatus");
    dialogs.restore();
    const shown = JSON.stringify([inspection.databaseStates(), dialogs.shown]);
    assert.ok(!shown.includes("hush-hush"), shown);
    assert.ok(["known", "failed"].includes(inspection.databaseStates()[0]?.kind ?? ""), shown);
  });
});
