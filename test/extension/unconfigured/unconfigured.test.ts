import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import { queryRows } from "../../support/queryRows";
import { answerDialogs, codeOf, eventually, openFile, startExtension, workspaceFile } from "../editor";

const config = "alembic.config.ts";

describe("a workspace without a configuration", () => {
  let inspection: Inspection;
  const databaseUrl = process.env["SUITE_DATABASE_URL"] ?? "";
  const read = (path: string): string => readFileSync(workspaceFile(path).fsPath, "utf8");
  const labels = (): readonly string[] => inspection.treeRows().map(({ label }) => label);

  async function writeConfig(change: (text: string) => string): Promise<void> {
    writeFileSync(workspaceFile(config).fsPath, change(read(config)));
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await inspection.whenRead();
  }

  before(() => writeFileSync(workspaceFile(".env").fsPath, `DATABASE_URL=${databaseUrl}\n`));

  it("does not start the extension, even for a TypeScript file", async () => {
    await openFile("src/main.ts");
    // The editor looks for files that activate an extension before it runs tests; and what a TypeScript file starts has
    // started with the editor's own extension for them.
    const typescript = vscode.extensions.getExtension("vscode.typescript-language-features");
    await eventually(() => assert.equal(typescript?.isActive, true));
    const extension = vscode.extensions.getExtension("alembic-ts.alembic-ts");
    assert.ok(extension);
    assert.equal(extension.isActive, false);
  });

  it("starts it when its view is opened, which then shows what TypeORM has here", async () => {
    await vscode.commands.executeCommand("alembic.revisions.focus");
    const extension = vscode.extensions.getExtension("alembic-ts.alembic-ts");
    await eventually(() => assert.equal(extension?.isActive, true));
    inspection = await startExtension();
    assert.deepEqual(await inspection.foundRows(), [
      "Adopt 2 TypeORM Migrations…",
      "  CreateUsers1700000000001 · src/migrations/1700000000001-CreateUsers.ts",
      "  AddEmail1700000000002 · src/migrations/1700000000002-AddEmail.ts",
      "src/data-source.ts · DataSource",
      "Entities: 1",
      "  User · src/user.entity.ts",
    ]);
  });

  it("adopts the migrations, and makes the configuration on the way", async () => {
    const dialogs = answerDialogs("Adopt");
    await vscode.commands.executeCommand("alembic.adoptTypeorm");
    dialogs.restore();
    assert.deepEqual(
      dialogs.shown.map(({ message }) => message),
      ["Write 2 revisions for TypeORM migrations?"],
    );
    assert.match(read(config), /\n {2}dataSource: "src\/data-source\.ts",\n/);
    assert.deepEqual(
      readdirSync(workspaceFile("database/migrations/versions").fsPath).filter((name) => name.endsWith(".ts"))
        .length,
      2,
    );
    assert.deepEqual(await inspection.foundRows(), []);
  });

  it("tells since when the state is as it is shown", async () => {
    await vscode.commands.executeCommand("alembic.upgradeToHead");
    assert.deepEqual(inspection.stateRows(), []);
    assert.match(inspection.description(), / · as of \d\d:\d\d$/);
    assert.deepEqual(await queryRows(databaseUrl, "SELECT version_num FROM alembic_version"), [
      { version_num: "1700000000002" },
    ]);
  });

  it("offers the DataSource that it finds before it asks for the message of a generated revision", async () => {
    await writeConfig((text) => text.replace(/\n {2}dataSource: .*/, ""));
    await eventually(() => assert.doesNotMatch(read(config), /dataSource:/));
    const dialogs = answerDialogs("src/data-source.ts");
    const { showInputBox } = vscode.window;
    const titles: (string | undefined)[] = [];
    Object.assign(vscode.window, {
      showInputBox: (options: vscode.InputBoxOptions) => {
        titles.push(options.title);
        return Promise.resolve(undefined);
      },
    });
    await vscode.commands.executeCommand("alembic.autogenerateRevision");
    Object.assign(vscode.window, { showInputBox });
    dialogs.restore();
    assert.deepEqual(dialogs.shown[0]?.actions, ["src/data-source.ts"]);
    assert.match(read(config), /\n {2}dataSource: "src\/data-source\.ts",\n/);
    assert.deepEqual(titles, ["Alembic: Autogenerate Revision"]);
  });

  it("gives files that import the package its types, though the project has no such package", async () => {
    const { document } = await openFile(config);
    const at = document.positionAt(document.getText().indexOf("defineConfig") + 2);
    await eventually(async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        at,
      );
      const shown = hovers.flatMap(({ contents }) =>
        contents.map((content) => (typeof content === "string" ? content : content.value)),
      );
      assert.match(shown.join("\n"), /defineConfig\(config: AlembicConfig\): AlembicConfig/);
    });
    await eventually(() =>
      assert.deepEqual(
        vscode.languages.getDiagnostics(document.uri).map((found) => [codeOf(found), found.message]),
        [],
      ),
    );
  });

  it("offers to install the package that files import, with the project's package manager", async () => {
    writeFileSync(workspaceFile("pnpm-lock.yaml").fsPath, "");
    const { document } = await openFile(config);
    const at = document.positionAt(document.getText().indexOf('"alembic-ts"') + 2);
    const action = await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        new vscode.Range(at, at),
      );
      const install = found.find(({ title }) => title === "Install alembic-ts");
      assert.ok(install);
      return install;
    });
    const { executeTask } = vscode.tasks;
    const tasks: vscode.Task[] = [];
    Object.assign(vscode.tasks, {
      executeTask: (task: vscode.Task) => Promise.resolve(void tasks.push(task)),
    });
    await vscode.commands.executeCommand(
      action.command?.command ?? "",
      ...((action.command?.arguments ?? []) as readonly unknown[]),
    );
    Object.assign(vscode.tasks, { executeTask });
    const [execution] = tasks.map((task) => task.execution as vscode.ShellExecution);
    assert.deepEqual(
      [execution?.command, execution?.args, execution?.options?.cwd],
      ["pnpm", ["add", "--save-dev", "alembic-ts"], workspaceFile("").fsPath.replace(/\/$/, "")],
    );
  });

  it("says that the folder of the migrations is not there, and makes it", async () => {
    await writeConfig((text) => text.replace("database/migrations", "database/migratoins"));
    const name = "database/migratoins";
    const missing = "The folder database/migratoins does not exist.";
    await eventually(() =>
      assert.deepEqual(labels().slice(0, 3), [name, "Open Configuration", "Create Folder"]),
    );
    const { showInputBox } = vscode.window;
    Object.assign(vscode.window, { showInputBox: () => Promise.resolve("a message") });
    const dialogs = answerDialogs("Create Folder");
    await vscode.commands.executeCommand("alembic.newRevision");
    await eventually(() => assert.ok(existsSync(workspaceFile("database/migratoins").fsPath)));
    dialogs.restore();
    Object.assign(vscode.window, { showInputBox });
    assert.deepEqual(
      dialogs.shown.map(({ message, actions }) => [message, actions]),
      [[missing, ["Open Configuration", "Create Folder"]]],
    );
    await eventually(() => assert.ok(!labels().includes(name)));
  });
});
