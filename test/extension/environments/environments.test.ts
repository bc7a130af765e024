import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import { answerDialogs, eventually, openFile, saidBy, startExtension, workspaceFile } from "../editor";
import { startBrokenServer } from "../../support/brokenServer";
import { queryRows, versionRows } from "../../support/queryRows";

const versions = "migrations/versions";
const index = `${versions}/20250101_0003-c3_add_index.ts`;
const secret = "hush-hush-8472";

describe("environments", () => {
  let inspection: Inspection;
  const databaseUrl = process.env["SUITE_DATABASE_URL"] ?? "";

  const environments = {
    dev: { url: databaseUrl, color: "green" },
    live: { url: databaseUrl, production: true, color: "red" },
  };

  before(async () => {
    await writeConfig(environments);
    inspection = await startExtension();
    await eventually(() => assert.equal(inspection.treeRows().length, 3));
  });

  async function writeConfig(named: object, more: object = {}): Promise<void> {
    const config = JSON.stringify({
      scriptLocation: "migrations",
      url: databaseUrl,
      environments: named,
      ...more,
    });
    await vscode.workspace.fs.writeFile(
      workspaceFile("alembic.config.json"),
      new TextEncoder().encode(config),
    );
  }

  const appliedRows = async (): Promise<readonly string[]> => (await versionRows(databaseUrl)) ?? [];

  /** Chooses in the pick that *Select Environment* shows; gives what it showed. */
  async function choose(wanted: string, url = ""): Promise<readonly string[]> {
    const { showQuickPick, showInputBox } = vscode.window;
    let shown: readonly vscode.QuickPickItem[] = [];
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
        shown = items;
        return Promise.resolve(shown.find(({ label }) => label.includes(wanted)));
      },
      showInputBox: () => Promise.resolve(url),
    });
    try {
      await vscode.commands.executeCommand("alembic.selectEnvironment");
    } finally {
      Object.assign(vscode.window, { showQuickPick, showInputBox });
    }
    return shown.map(({ label, description }) => [label, description].filter(Boolean).join(" | "));
  }

  /** Answers each input with a text, and gives the titles of those that were shown. */
  async function typing(text: string | undefined, command: string): Promise<readonly string[]> {
    const { showInputBox } = vscode.window;
    const titles: string[] = [];
    Object.assign(vscode.window, {
      showInputBox: (options: vscode.InputBoxOptions) => {
        titles.push(options.title ?? "");
        return Promise.resolve(text);
      },
    });
    try {
      await vscode.commands.executeCommand(command);
    } finally {
      Object.assign(vscode.window, { showInputBox });
    }
    return titles;
  }

  /** Copies the last of the command lines that are offered. */
  async function copiedLine(): Promise<string> {
    const { showQuickPick } = vscode.window;
    Object.assign(vscode.window, {
      showQuickPick: (items: readonly vscode.QuickPickItem[]) => Promise.resolve(items.at(-1)),
    });
    try {
      await vscode.commands.executeCommand("alembic.copyCommandLine");
    } finally {
      Object.assign(vscode.window, { showQuickPick });
    }
    return vscode.env.clipboard.readText();
  }

  const logText = (): string => {
    const folder = join(dirname(process.env["SUITE_WORKSPACE"] ?? ""), "user-data");
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /Alembic[^/]*\.log$/.test(file))
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("\n");
  };

  it("are offered by name, the production one marked", async () => {
    const shown = await choose("dev");
    assert.deepEqual(
      shown.filter((line) => /dev|live/.test(line)),
      ["$(database) dev", "$(shield) live | production"],
    );
    assert.deepEqual(inspection.databaseStates(), [{ kind: "unknown" }]);
  });

  it("that are not production are changed without a question", async () => {
    assert.deepEqual(await typing(undefined, "alembic.upgradeToHead"), []);
    assert.deepEqual(await appliedRows(), ["c3"]);
  });

  it("of production are changed once their name was typed, and by nothing else", async () => {
    await choose("live");
    const dialogs = answerDialogs("Downgrade");
    try {
      for (const answer of [undefined, "", "dev"]) {
        assert.deepEqual(await typing(answer, "alembic.downgradeByOne"), ["Production: live"]);
        assert.deepEqual(await appliedRows(), ["c3"]);
      }
      await typing("live", "alembic.downgradeByOne");
      assert.deepEqual(await appliedRows(), ["b2"]);
      assert.deepEqual(await typing("dev", "alembic.upgradeToHead"), ["Production: live"]);
      assert.deepEqual(await appliedRows(), ["b2"]);
    } finally {
      dialogs.restore();
    }
    await typing("live", "alembic.upgradeToHead");
    assert.deepEqual(await appliedRows(), ["c3"]);
  });

  it("go into the command line that is logged and copied", async () => {
    await eventually(() => assert.match(logText(), /> npx alembic-ts --environment live upgrade head/));
    await openFile(index);
    assert.match(await copiedLine(), /^npx alembic-ts --environment live /);
  });

  it("decorate files: pending, current, and edited after they were applied", async () => {
    const badge = (): string | undefined => inspection.decorationOf(workspaceFile(index))?.badge;
    await choose("dev");
    await vscode.commands.executeCommand("alembic.checkStatus");
    assert.equal(badge(), "✓");
    assert.equal(inspection.badge(), undefined);
    const editor = await openFile(index);
    const position = editor.document.positionAt(editor.document.getText().indexOf("  await op.dropTable"));
    await editor.edit((edit) => edit.insert(position, '  await op.execute("SELECT 1");\n'));
    await eventually(() => assert.equal(badge(), "!"));
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await eventually(() => assert.equal(badge(), "✓"));
    const dialogs = answerDialogs("Downgrade");
    await vscode.commands.executeCommand("alembic.downgradeByOne");
    dialogs.restore();
    assert.equal(badge(), "P");
    assert.deepEqual(inspection.badge(), { value: 1, tooltip: "Pending revisions: 1" });
    const settings = vscode.workspace.getConfiguration("alembic");
    await settings.update("decorations.enabled", false, vscode.ConfigurationTarget.Workspace);
    assert.equal(badge(), undefined);
    await settings.update("decorations.enabled", undefined, vscode.ConfigurationTarget.Workspace);
  });

  it("of production ask for their name where they are the only one and nobody chose them", async () => {
    await writeConfig({ live: environments.live }, { url: undefined });
    await inspection.whenRead();
    await choose("Use configuration");
    const before = await appliedRows();
    try {
      assert.deepEqual(await typing("dev", "alembic.upgradeToHead"), ["Production: live"]);
      assert.deepEqual(await appliedRows(), before);
      assert.deepEqual(await typing("live", "alembic.upgradeToHead"), ["Production: live"]);
      assert.deepEqual(await appliedRows(), ["c3"]);
    } finally {
      await writeConfig(environments);
      await inspection.whenRead();
    }
  });

  it("show what was committed of a run that broke off", async () => {
    await writeConfig(environments, { transactionPerMigration: true });
    await inspection.whenRead();
    await choose("dev");
    const path = workspaceFile(index).fsPath;
    const text = readFileSync(path, "utf8");
    const dialogs = answerDialogs("Downgrade");
    try {
      while ((await appliedRows()).length > 0) {
        await vscode.commands.executeCommand("alembic.downgradeByOne");
      }
      writeFileSync(path, text.replace("  await op.", '  await op.execute("SELECT nothing");\n  await op.'));
      await vscode.commands.executeCommand("alembic.upgradeToHead");
    } finally {
      dialogs.restore();
      writeFileSync(path, text);
      await writeConfig(environments);
      await inspection.whenRead();
    }
    assert.match(dialogs.shown.at(-1)?.message ?? "", /nothing/);
    assert.deepEqual(await appliedRows(), ["b2"]);
    assert.deepEqual(
      inspection.databaseStates().map((state) => (state.kind === "known" ? state.rows : state.kind)),
      [["b2"]],
    );
  });

  it("that are chosen while another one is asked do not get its state", async () => {
    await choose("dev");
    const asked = vscode.commands.executeCommand("alembic.checkStatus");
    await choose("live");
    await asked;
    assert.deepEqual(inspection.databaseStates(), [{ kind: "unknown" }]);
    await vscode.commands.executeCommand("alembic.checkStatus");
    assert.deepEqual(
      inspection.databaseStates().map(({ kind }) => kind),
      ["known"],
    );
  });

  it("whose server refuses the password offer to enter one", async () => {
    const server = await startBrokenServer({
      kind: "refusal",
      sqlState: "28P01",
      message: 'password authentication failed for user "ann"',
    });
    try {
      await writeConfig({ ...environments, locked: { url: server.url } });
      await eventually(async () => assert.ok((await choose("locked")).join().includes("locked")));
      const { showInputBox } = vscode.window;
      const titles: (string | undefined)[] = [];
      Object.assign(vscode.window, {
        showInputBox: (options: vscode.InputBoxOptions) => {
          titles.push(options.title);
          return Promise.resolve(undefined);
        },
      });
      const dialogs = answerDialogs("Enter Password");
      await vscode.commands.executeCommand("alembic.checkStatus");
      await eventually(() => assert.deepEqual(titles, ["Alembic: Password"]));
      dialogs.restore();
      Object.assign(vscode.window, { showInputBox });
      const [failure] = dialogs.shown;
      assert.match(failure?.message ?? "", /refused user 'app'/);
      assert.deepEqual(failure?.actions.slice(0, 2), ["Enter Password", "Select Environment"]);
    } finally {
      await server.stop();
      await writeConfig(environments);
      await choose("dev");
    }
  });

  it("that the configuration does not name any more are refused, and no other is used instead", async () => {
    await choose("dev");
    const before = await appliedRows();
    await writeConfig({ live: environments.live });
    await inspection.whenRead();
    const dialogs = answerDialogs("Downgrade");
    try {
      await vscode.commands.executeCommand("alembic.upgradeToHead");
      await vscode.commands.executeCommand("alembic.downgradeByOne");
    } finally {
      dialogs.restore();
      await writeConfig(environments);
      await inspection.whenRead();
    }
    assert.match(
      dialogs.shown.at(-1)?.message ?? "",
      /there is no environment 'dev'.* Choose one of: live\./,
    );
    assert.deepEqual(await appliedRows(), before);
  });

  it("show how a database differs from its revisions, and another one from it", async () => {
    const showDrift = async (pick: string): Promise<readonly string[]> => {
      const { showQuickPick } = vscode.window;
      Object.assign(vscode.window, {
        showQuickPick: (items: readonly vscode.QuickPickItem[]) =>
          Promise.resolve(items.find(({ label }) => label.endsWith(` ${pick}`))),
      });
      try {
        return await saidBy(() => vscode.commands.executeCommand("alembic.showDrift"));
      } finally {
        Object.assign(vscode.window, { showQuickPick });
      }
    };
    const diffs = (): readonly vscode.TabInputTextDiff[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []));
    const textOf = async (uri: vscode.Uri): Promise<string> =>
      (await vscode.workspace.openTextDocument(uri)).getText();

    await choose("dev");
    await vscode.commands.executeCommand("alembic.upgradeToHead");
    await queryRows(databaseUrl, "CREATE TABLE by_hand (id integer)");
    await queryRows(databaseUrl, "GRANT SELECT ON table_a1 TO PUBLIC");
    try {
      assert.deepEqual(await showDrift("Its revisions"), ["2 differences between dev and c3."]);
      const [diff] = await eventually(() => {
        assert.equal(diffs().length, 1);
        return diffs();
      });
      assert.ok(diff);
      assert.deepEqual([diff.original.path, diff.modified.path], ["/c3.sql", "/dev.sql"]);
      const [expected, actual] = [await textOf(diff.original), await textOf(diff.modified)];
      assert.match(expected, /CREATE TABLE table_a1/);
      assert.doesNotMatch(expected, /by_hand|privileges/);
      assert.match(actual, /CREATE TABLE by_hand/);
      assert.match(actual, /^-- privileges table_a1\.public: SELECT$/m);
      await eventually(() => assert.match(logText(), /> npx alembic-ts --environment dev drift$/m));
    } finally {
      await queryRows(databaseUrl, "DROP TABLE by_hand; REVOKE SELECT ON table_a1 FROM PUBLIC");
    }
    assert.deepEqual(await showDrift("Its revisions"), ["No drift: dev and c3 agree."]);
    await eventually(() => assert.deepEqual(diffs(), []));
    assert.deepEqual(await showDrift("live"), ["No drift: dev and live agree."]);
    await eventually(() =>
      assert.match(logText(), /> npx alembic-ts --environment dev drift --between live,dev$/m),
    );
  });

  it("keep a URL that is typed in out of everything that is written", async () => {
    const url = new URL(databaseUrl);
    url.password = secret;
    const shown = await choose("Enter a URL", url.href);
    assert.ok(shown.length > 0);
    const dialogs = answerDialogs(undefined);
    await vscode.commands.executeCommand("alembic.checkStatus");
    dialogs.restore();
    assert.ok(!JSON.stringify([inspection.databaseStates(), dialogs.shown]).includes(secret));
    assert.match(await copiedLine(), /--url "\$DATABASE_URL"/);
    assert.ok(!logText().includes(secret));
    assert.ok(
      !readdirSync(join(dirname(process.env["SUITE_WORKSPACE"] ?? ""), "user-data"), {
        recursive: true,
        withFileTypes: true,
      })
        .filter((entry) => entry.isFile() && /settings\.json$|\.log$/.test(entry.name))
        .some((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8").includes(secret)),
    );
    await choose("Use configuration");
  });
});
