import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import type { Inspection } from "../../../src/extension/testing/inspection";
import {
  answerDialogs,
  eventually,
  lensesOf,
  openFile,
  startExtension,
  typeOver,
  workspaceFile,
  type ShownDialog,
} from "../editor";
import { queryValues } from "../../support/queryRows";
import { answerInputs, type AskedQuestion } from "./answers";

const entity = "src/user.entity.ts";
const versions = "migrations/versions";

const entityWith = (
  ...columns: readonly string[]
): string => `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

@Entity("users")
export class User {
  @PrimaryGeneratedColumn()
  id!: number;
${columns.map((name) => `\n  @Column("text", { nullable: true })\n  ${name}!: string | null;\n`).join("")}}
`;

const revisionText = (id: string, parent: string): string => `/**
 * ${id}
 */
export const revision = "${id}";
export const down_revision: string | string[] | null = "${parent}";
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade() {}

export async function downgrade() {}
`;

describe("autogenerate in the editor", () => {
  let inspection: Inspection;
  const databaseUrl = process.env["SUITE_DATABASE_URL"] ?? "";
  const query = (text: string): Promise<readonly unknown[]> => queryValues(databaseUrl, text);
  const columns = async (): Promise<readonly unknown[]> =>
    query(
      "select column_name::text from information_schema.columns where table_name = 'users' order by ordinal_position",
    );
  const files = (): readonly string[] =>
    readdirSync(workspaceFile(versions).fsPath).filter((name) => name.endsWith(".ts"));
  const revisionOf = (slug: string): string =>
    files()
      .find((name) => name.endsWith(`_${slug}.ts`))
      ?.split("_")[0] ?? "";
  const write = (path: string, text: string): void => writeFileSync(workspaceFile(path).fsPath, text);
  const useDatabase = (url: string): void => write(".env", `DATABASE_URL=${url}\n`);
  const previewTab = (): vscode.Uri | undefined =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs.map(({ input }) => input))
      .flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri] : []))
      .find(({ scheme }) => scheme === "alembic-revision");

  interface Outcome {
    readonly dialogs: readonly ShownDialog[];
    readonly asked: readonly AskedQuestion[];
    readonly preview: vscode.TextDocument | undefined;
  }

  /** Runs a command whose dialogs and questions are answered in one way. */
  async function run(
    command: string,
    answers: { readonly dialog?: string; readonly input?: string; readonly pick?: string } = {},
    argument?: unknown,
  ): Promise<Outcome> {
    const dialogs = answerDialogs(answers.dialog);
    const inputs = answerInputs(answers);
    try {
      await vscode.commands.executeCommand(
        `alembic.${command}`,
        ...(argument === undefined ? [] : [argument]),
      );
    } finally {
      dialogs.restore();
      inputs.restore();
    }
    const uri = previewTab();
    const preview = uri === undefined ? undefined : await vscode.workspace.openTextDocument(uri);
    return { dialogs: dialogs.shown, asked: inputs.asked, preview };
  }

  const autogenerate = (
    message: string,
    answers: { readonly dialog?: string; readonly pick?: string } = {},
  ): Promise<Outcome> => run("autogenerateRevision", { input: message, ...answers });

  /** Autogenerates, writes and upgrades. */
  async function apply(message: string, pick?: string): Promise<string> {
    const { preview } = await autogenerate(message, pick === undefined ? {} : { pick });
    assert.ok(preview, "there is no preview");
    await run("writeRevision");
    await run("upgradeToHead");
    return preview.getText();
  }

  before(async () => {
    useDatabase(databaseUrl);
    inspection = await startExtension();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("offers to bring back a preview that was closed before it was written", async () => {
    await autogenerate("create users");
    const uri = previewTab();
    assert.match(uri?.path ?? "", /\/Preview of [^/]*_create_users\.ts$/);
    assert.equal(uri && vscode.workspace.fs.isWritableFileSystem(uri.scheme), false);
    const dialogs = answerDialogs("Reopen Preview");
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await eventually(() => assert.equal(previewTab()?.toString(), uri?.toString()));
    dialogs.restore();
    assert.deepEqual(
      dialogs.shown.map(({ message, actions }) => [message, actions]),
      [["The revision “create users” was closed without being written.", ["Reopen Preview", "Write"]]],
    );
    await vscode.commands.executeCommand("alembic.discardRevision");
    assert.deepEqual(files(), []);
  });

  it("shows the file before anything is written", async () => {
    const { preview, asked } = await autogenerate("create users");
    assert.deepEqual(
      asked.map(({ title }) => title),
      ["Alembic: Autogenerate Revision"],
    );
    assert.equal(preview?.languageId, "typescript");
    assert.match(preview.getText(), /^\/\*\*\n \* create users\n/);
    assert.match(preview.getText(), /await op\.createTable\("users"/);
    assert.deepEqual(files(), []);
    assert.equal(inspection.treeRows().length, 0);
    const lenses = await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        preview.uri,
      );
      assert.ok(found.length > 0);
      return found.map(({ command }) => command?.title);
    });
    assert.deepEqual(lenses.slice(0, 3), [
      "$(check)\u00a0Write",
      "$(edit)\u00a0Edit Message…",
      "$(discard)\u00a0Discard",
    ]);
    assert.match(lenses[3] ?? "", /^1 difference between the entities and .+ on /);
  });

  it("leaves nothing of what is discarded", async () => {
    const { preview } = await autogenerate("create users");
    await run("discardRevision");
    assert.equal(previewTab(), undefined);
    const { dialogs } = await run("writeRevision", {}, preview?.uri);
    assert.match(dialogs[0]?.message ?? "", /^This preview was discarded, /);
    assert.deepEqual(files(), []);
    assert.equal(inspection.treeRows().length, 0);
  });

  it("changes the message of the file, and its name with it", async () => {
    const { preview } = await autogenerate("create users");
    assert.ok(preview);
    const edited = await run("editRevisionMessage", { input: "make the users" });
    assert.equal(edited.asked[0]?.value, "create users");
    const text = edited.preview?.getText() ?? "";
    assert.match(text, /^\/\*\*\n \* make the users\n/);
    assert.match(edited.preview?.uri.path ?? "", /_make_the_users\.ts$/);
    const body = (whole: string): string => whole.slice(whole.indexOf("import type"));
    assert.equal(body(text), body(preview.getText()));
    await run("writeRevision");
    const [file] = files();
    assert.match(file ?? "", /_make_the_users\.ts$/);
    assert.equal(readFileSync(workspaceFile(`${versions}/${file}`).fsPath, "utf8"), text);
    assert.equal(readFileSync(workspaceFile("written.txt").fsPath, "utf8"), `${file}\n`);
    assert.equal(previewTab(), undefined);
    assert.equal(
      vscode.window.activeTextEditor?.document.uri.path,
      workspaceFile(`${versions}/${file}`).path,
    );
    assert.equal(inspection.treeRows().length, 1);
  });

  it("offers to upgrade where the database is not up to date, and goes on after it", async () => {
    const dismissed = await autogenerate("nothing");
    assert.match(dismissed.dialogs[0]?.message ?? "", /^Target database is not up to date\. The head is /);
    assert.deepEqual(dismissed.dialogs[0]?.actions, ["Upgrade First"]);
    assert.equal(dismissed.preview, undefined);
    const { dialogs, preview } = await autogenerate("nothing", { dialog: "Upgrade First" });
    assert.match(
      dialogs.at(-1)?.message ?? "",
      /^No differences between the entities and .+ nothing to write\.$/,
    );
    assert.equal(preview, undefined);
    assert.deepEqual(await columns(), ["id", "name"]);
  });

  it("takes an edit of an entity through preview, file, lens and check", async () => {
    const editor = await openFile(entity);
    await typeOver(
      editor,
      "  name!: string;",
      '  name!: string;\n\n  @Column("text", { nullable: true })\n  phone!: string | null;',
    );
    const { preview } = await autogenerate("add phone");
    assert.equal(editor.document.isDirty, false);
    const text = preview?.getText() ?? "";
    assert.match(text, /await op\.addColumn\("users", "phone", \{ type: "text" \}\);/);
    await run("writeRevision");
    const file = files().find((name) => name.endsWith("add_phone.ts")) ?? "";
    assert.equal(readFileSync(workspaceFile(`${versions}/${file}`).fsPath, "utf8"), text);
    const lens = await eventually(async () => {
      const found = (await lensesOf(`${versions}/${file}`)).find(({ title }) =>
        title.includes("Upgrade to here"),
      );
      assert.ok(found);
      return found;
    });
    await vscode.commands.executeCommand(
      lens.command.command,
      ...((lens.command.arguments ?? []) as unknown[]),
    );
    assert.deepEqual(await columns(), ["id", "name", "phone"]);
    const { dialogs } = await run("checkDrift");
    assert.match(dialogs[0]?.message ?? "", /^No drift: the entities and .+ agree\.$/);
  });

  it("asks what becomes of a table without an entity", async () => {
    const source = "src/data-source.ts";
    const withUsers = readFileSync(workspaceFile(source).fsPath, "utf8");
    write(
      source,
      `import { Entity, PrimaryGeneratedColumn } from "typeorm";
${withUsers.replace("export const", '@Entity("logs") class Log { @PrimaryGeneratedColumn() id!: number; }\nexport const').replace("[User]", "[User, Log]")}`,
    );
    await apply("add logs");
    write(source, withUsers);
    const kept = await autogenerate("keep logs", { pick: "Keep it" });
    const question = kept.asked.find(({ kind }) => kind === "pick");
    assert.equal(
      question?.title,
      `No entity describes table logs, which revision ${revisionOf("add_logs")} created`,
    );
    assert.deepEqual(question.items, ["$(shield) Keep it", "$(trash) Drop it"]);
    assert.match(kept.preview?.getText() ?? "", /\/\/ Only in the database, left alone: table logs\n/);
    await run("discardRevision");
    assert.match(await apply("drop logs", "Drop it"), /await op\.dropTable\("logs"\);/);
    assert.match((await run("checkDrift")).dialogs[0]?.message ?? "", /^No drift/);
  });

  it("asks whether a column was renamed, and renames it", async () => {
    write(
      entity,
      entityWith("name", "mobile_phone").replace(
        '@Column("text", { nullable: true })\n  name!: string | null',
        '@Column("text")\n  name!: string',
      ),
    );
    const { asked, preview } = await autogenerate("rename phone", { pick: "Yes, it was renamed" });
    const question = asked.find(({ kind }) => kind === "pick");
    assert.equal(question?.title, "Was column users.phone renamed to mobile_phone?");
    assert.deepEqual(question.items, [
      "$(arrow-right) Yes, it was renamed",
      "$(trash) No, one was dropped and the other added",
    ]);
    assert.match(preview?.getText() ?? "", /await op\.renameColumn\("users", "phone", "mobile_phone"\);/);
    assert.doesNotMatch(preview?.getText() ?? "", /dropColumn/);
  });

  it("shows what is lost where the answer is no", async () => {
    const { preview } = await autogenerate("replace phone", { pick: "No, one was dropped" });
    assert.match(preview?.getText() ?? "", /dropColumn\("users", "phone"\)/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      preview?.uri,
    );
    const loss = lenses.find(({ command }) => command?.title.startsWith("$(warning)"));
    assert.equal(loss?.command?.title, "$(warning)\u00a0drops column users.phone and its data");
    const [, , locations] = loss.command.arguments as [unknown, unknown, readonly vscode.Location[]];
    assert.match(
      preview?.getText(locations[0]?.range) ?? "",
      /^\/\/ drops column users\.phone and its data\n\s*await op\.dropColumn\("users", "phone"\);$/,
    );
  });

  it("does nothing where the question is left", async () => {
    const { asked, dialogs, preview } = await autogenerate("rename phone");
    assert.equal(asked.filter(({ kind }) => kind === "pick").length, 1);
    assert.deepEqual(dialogs, []);
    assert.equal(preview, undefined);
  });

  it("lists what differs, and leads from there to a revision", async () => {
    const { dialogs } = await run("checkDrift");
    assert.deepEqual(dialogs, []);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, "alembic-drift");
    assert.equal(document.languageId, "diff");
    assert.match(
      document.getText(),
      /^# 2 differences between the entities and .+\n\n\+ add column users\.mobile_phone\n- drop column users\.phone\n/,
    );
    assert.match(document.getText(), /users\.phone → users\.mobile_phone/);
    const { preview } = await run(
      "autogenerateRevision",
      { input: "rename phone", pick: "Yes, it was renamed" },
      document.uri,
    );
    assert.ok(preview);
    await run("writeRevision");
    await run("upgradeToHead");
    assert.deepEqual(await columns(), ["id", "name", "mobile_phone"]);
    assert.match((await run("checkDrift")).dialogs[0]?.message ?? "", /^No drift/);
  });

  it("writes nothing stale without saying so", async () => {
    write(entity, entityWith("name", "mobile_phone", "bio"));
    const { preview } = await autogenerate("add bio");
    assert.ok(preview);
    await query("update alembic_version set version_num = 'elsewhere'");
    const before = files();
    const { dialogs } = await run("writeRevision");
    assert.match(
      dialogs[0]?.message ?? "",
      /^The database has moved since this revision was made: it was at \w+, and is now at elsewhere\.$/,
    );
    assert.deepEqual(dialogs[0]?.actions, ["Autogenerate Again", "Write Anyway"]);
    assert.deepEqual(files(), before);
    assert.ok(previewTab());
    await query(`update alembic_version set version_num = '${revisionOf("rename_phone")}'`);
  });

  it("writes nothing beside a revision that came meanwhile without saying so", async () => {
    const { preview } = await autogenerate("add bio");
    assert.ok(preview);
    const late = workspaceFile(`${versions}/late_one.ts`).fsPath;
    writeFileSync(late, revisionText("late", revisionOf("rename_phone")));
    const { dialogs } = await run("writeRevision");
    assert.match(dialogs[0]?.message ?? "", /^Revisions were added or removed .+, and is now late\.$/);
    const again = await run("writeRevision", { dialog: "Autogenerate Again" });
    assert.match(again.dialogs[1]?.message ?? "", /^Target database is not up to date\. The head is late/);
    assert.equal(again.preview, undefined);
    rmSync(late);
    await inspection.whenRead();
  });

  it("writes what is stale where that is wished", async () => {
    await autogenerate("add bio");
    await query("update alembic_version set version_num = 'elsewhere'");
    await run("writeRevision", { dialog: "Write Anyway" });
    const written = workspaceFile(`${versions}/${revisionOf("add_bio")}_add_bio.ts`).fsPath;
    assert.match(readFileSync(written, "utf8"), /addColumn\("users", "bio"/);
    rmSync(written);
    await inspection.whenRead();
  });

  it("says that a version table names what no file has", async () => {
    const { dialogs } = await autogenerate("add bio");
    assert.match(dialogs[0]?.message ?? "", /not up to date\. No file has revision elsewhere/);
    const head = revisionOf("rename_phone");
    await query(`update alembic_version set version_num = '${head}'`);
  });

  it("compares with the revisions where the database does not answer, and says so", async () => {
    const url = new URL(databaseUrl);
    url.port = "1";
    useDatabase(url.href);
    const { dialogs, preview } = await autogenerate("add bio");
    assert.match(
      dialogs[0]?.message ?? "",
      /^The database can't be reached, so the entities were compared with the result of the revisions\./,
    );
    assert.match(preview?.getText() ?? "", /addColumn\("users", "bio"/);
    useDatabase(databaseUrl);
  });

  it("compares with the revisions where no database is named, and says so", async () => {
    write(".env", "");
    const { preview } = await autogenerate("add bio");
    assert.match(preview?.getText() ?? "", /addColumn\("users", "bio"/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      preview?.uri,
    );
    assert.match(lenses.at(-1)?.command?.title ?? "", /the revisions \(no database is named\)$/);
    assert.equal(existsSync(workspaceFile(".alembic").fsPath), false);
    useDatabase(databaseUrl);
  });

  it("shows what is wrong with an entity that does not compile, and where", async () => {
    write(entity, entityWith("name", "mobile_phone", "bio").replace("bio!:", "bio!!:"));
    const { dialogs, preview } = await autogenerate("add bio");
    assert.equal(dialogs.length, 1);
    assert.match(dialogs[0]?.message ?? "", /user\.entity\.ts/);
    assert.deepEqual(dialogs[0]?.actions, ["Open File", "Show Log"]);
    assert.equal(preview, undefined);
    write(entity, entityWith("name", "mobile_phone", "bio"));
  });

  it("offers to merge several heads, and goes on on top of the merge", async () => {
    const base = revisionOf("make_the_users");
    const other = `${versions}/other_branch.ts`;
    write(other, revisionText("other", base));
    await inspection.whenRead();
    const left = await autogenerate("add bio");
    assert.match(left.dialogs[0]?.message ?? "", /^There are 2 heads: \w+, \w+\./);
    assert.deepEqual(left.dialogs[0]?.actions, ["Merge Heads…", "Choose Head…"]);
    assert.equal(left.preview, undefined);
    const merged = await autogenerate("join them", { dialog: "Merge Heads…" });
    assert.match(merged.dialogs.at(-1)?.message ?? "", /not up to date/);
    assert.ok(files().some((name) => name.endsWith("join_them.ts")));
    const text = await (async () => {
      await run("upgradeToHead");
      return apply("add bio");
    })();
    assert.match(text, /addColumn\("users", "bio"/);
    assert.deepEqual(await columns(), ["id", "name", "mobile_phone", "bio"]);
  });

  it("writes the DataSource that a NestJS project lacks, and names it in the configuration", async () => {
    const config = workspaceFile("alembic.config.ts").fsPath;
    const dataSource = workspaceFile("src/data-source.ts").fsPath;
    const [configText, dataSourceText] = [config, dataSource].map((path) => readFileSync(path, "utf8"));
    writeFileSync(config, (configText ?? "").replace(/ {2}dataSource.*\n/, ""));
    rmSync(dataSource);
    write(
      "src/app.module.ts",
      "@Module({ imports: [TypeOrmModule.forRoot({})] })\nexport class AppModule {}\n",
    );
    const { dialogs } = await autogenerate("nothing", { dialog: "Create data-source.ts" });
    assert.deepEqual(dialogs[0]?.actions, ["Create data-source.ts", "Show Log"]);
    assert.match(
      dialogs[1]?.message ?? "",
      /^src\/data-source\.ts was created, and the configuration names it\./,
    );
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, workspaceFile("src/data-source.ts").path);
    assert.match(readFileSync(dataSource, "utf8"), /new DataSource\(/);
    assert.equal(
      readFileSync(config, "utf8").replace(/\n {2}dataSource.*/, ""),
      (configText ?? "").replace(/ {2}dataSource.*\n/, "").replace(/$/, ""),
    );
    assert.match(readFileSync(config, "utf8"), /^ {2}dataSource: "src\/data-source\.ts",$/m);
    assert.match((await run("checkDrift")).dialogs.at(-1)?.message ?? "", /^No drift/);
    writeFileSync(dataSource, dataSourceText ?? "");
  });
});
