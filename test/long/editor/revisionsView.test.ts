import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { versionRows } from "../../support/queryRows";
import { commandLine, makeExample, openWith, patience, Window, withPicture } from "./flowSession";

const pictures = process.env["OUTCOME_PICTURES"];
const newest = "Add full-text search to content";

describe("the Revisions view, with the mouse and the keyboard", function () {
  this.timeout(300_000);
  let server: PostgresServer;
  let url: string;
  let session: EditorSession;
  let window: Window;
  let example: ReturnType<typeof makeExample>;
  const rows = (): Locator => session.page.locator(".sidebar .monaco-list-row");
  const menuItem = (text: string): Locator =>
    session.page.locator(".monaco-menu .action-item").filter({ hasText: text }).first();
  const dialog = (): Locator => session.page.locator(".monaco-dialog-box");

  before(async () => {
    server = await startPostgres();
    url = await server.createDatabase();
    example = makeExample(url);
    await commandLine(example.folder, "upgrade", "def456");
    const revision = (...args: readonly string[]): Promise<string> =>
      commandLine(example.folder, "revision", ...args);
    await revision("-m", "Add ratings", "--rev-id", "rat111", "--head", "ghi789", "--splice");
    await revision("-m", "Index ratings", "--rev-id", "rat222", "--head", "rat111");
    session = await openWith(example.folder);
    window = new Window(session.page);
    await session.page.locator('.activitybar [aria-label^="Alembic"]').first().click();
    await window.shows(window.row(newest));
    await window.shows(window.row("State unknown · Check status"));
    await window.shows(window.statusBar("Alembic: not checked"));
    await session.runCommand("Alembic: Check Status");
    await window.shows(window.statusBar("pending"));
  });
  after(async () => {
    await session.close();
    example.remove();
    await server.stop();
  });
  const pictured = (name: string, action: () => Promise<void>): Promise<void> =>
    withPicture(session.page, `view-${name}`, action);
  async function takePicture(name: string): Promise<void> {
    if (pictures !== undefined) {
      await session.page.screenshot({ path: join(pictures, `view-${name}.png`) });
    }
  }
  const textOf = (revision: string): string => {
    const folder = join(example.folder, "database/migrations/versions");
    const name = readdirSync(folder).find((file) => file.includes(revision)) ?? "";
    return readFileSync(join(folder, name), "utf8");
  };

  it("keeps its rows in place while an id is typed", () =>
    pictured("typing", async () => {
      const { page } = session;
      await window.row("Index ratings").click();
      const line = window.line("down_revision: string");
      await line.getByText('"rat111"').first().click();
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      const before = await rows().allInnerTexts();
      await page.keyboard.press("Backspace");
      await window.shows(page.locator(".editor-instance .squiggly-error"));
      await page.waitForTimeout(1500);
      assert.deepEqual(await rows().allInnerTexts(), before);
      await takePicture("typing");
      await page.keyboard.press("ArrowDown");
      await window.shows(window.row("Problems"));
      await page.keyboard.press("Control+Z");
      await window.row("Problems").waitFor({ state: "hidden" });
      await page.keyboard.press("Control+S");
    }));

  it("offers for several rows what can be done with several", () =>
    pictured("selection", async () => {
      const { page } = session;
      await window.row(newest).click();
      await window.row("Index ratings").click({ modifiers: ["ControlOrMeta"] });
      // The file of the first row comes a moment later, and leaves the selection alone.
      await window.shows(window.tab("pqr678"));
      await page.waitForTimeout(1000);
      assert.equal(await page.locator(".sidebar .monaco-list-row.selected").count(), 2);
      await window.row("Index ratings").click({ button: "right" });
      await window.shows(menuItem("Merge Heads"));
      const items = page.locator(".monaco-menu .action-label").filter({ visible: true });
      const shown = (await items.allInnerTexts()).filter((text) => text.trim() !== "");
      await takePicture("selection");
      assert.deepEqual(shown, [
        "Open Revision",
        "Compare SQL of Two Revisions…",
        "Export SQL…",
        "Merge Heads…",
        "Squash Revisions up to Here…",
        "Copy Revision ID",
        "Stamp This Revision",
        "Delete Revision…",
      ]);
      await page.waitForTimeout(500);
      await menuItem("Compare SQL").click();
      await window.shows(page.locator(".tabs-container .tab").filter({ hasText: "(SQL)" }));
    }));

  it("stamps the database with several heads, after a question that names them", () =>
    pictured("stamp", async () => {
      await window.row(newest).click();
      await window.row("Index ratings").click({ modifiers: ["ControlOrMeta"] });
      // The file of the first row takes the focus, which would close the menu.
      await session.page.waitForTimeout(1500);
      await window.row("Index ratings").click({ button: "right" });
      await session.page.waitForTimeout(500);
      await menuItem("Stamp This Revision").click();
      await window.shows(dialog().filter({ hasText: "Index ratings" }));
      await takePicture("stamp");
      await dialog().getByRole("button", { name: "Stamp", exact: true }).click();
      await window.shows(window.statusBar("up to date"));
      assert.deepEqual(new Set(await versionRows(url)), new Set(["pqr678", "rat222"]));
    }));

  it("refuses to rebase what the database has, and rebases by the menu after a question", () =>
    pictured("rebase", async () => {
      const { page } = session;
      await commandLine(example.folder, "stamp", "--purge", "rat222");
      await session.runCommand("Alembic: Check Status");
      await window.shows(window.statusBar("pending"));
      const rebaseOnto = async (row: string): Promise<void> => {
        await window.row(row).click();
        await window.row(row).click({ button: "right" });
        await page.waitForTimeout(500);
        await menuItem("Rebase Branch Here").click();
        await window.pick("Index ratings").click();
      };
      await rebaseOnto(newest);
      await window.shows(dialog().filter({ hasText: "Applied revisions can't be moved" }));
      await takePicture("rebase-refused");
      await page.keyboard.press("Escape");
      await commandLine(example.folder, "stamp", "--purge", "def456");
      await session.runCommand("Alembic: Check Status");
      await window.shows(window.statusBar("6 pending"));
      await rebaseOnto(newest);
      await window.shows(
        dialog().filter({ hasText: "Rebase the branch that starts with rat111 onto pqr678?" }),
      );
      await takePicture("rebase");
      await dialog().getByRole("button", { name: "Rebase", exact: true }).click();
      // The file that was changed is shown once it is saved.
      await window.shows(window.tab("rat111"));
      assert.match(textOf("rat111"), /down_revision.*= "pqr678"/);
    }));

  it("shows a squashed revision in the place of those that are selected", () =>
    pictured("squash", async () => {
      const { page } = session;
      // The rows have moved, since the branch was rebased.
      await window.shows(rows().first().filter({ hasText: "Index ratings" }));
      await window.row("Add ratings").click();
      await window.row("Index ratings").click({ modifiers: ["ControlOrMeta"] });
      // The file of the first row takes the focus, which would close the menu.
      await page.waitForTimeout(1500);
      await window.row("Index ratings").click({ button: "right" });
      await page.waitForTimeout(500);
      await menuItem("Squash Revisions up to Here").click();
      await page.locator(".quick-input-widget input:focus").fill("Ratings with their index");
      await page.keyboard.press("Enter");
      await page
        .locator(".notifications-toasts .monaco-button")
        .filter({ hasText: "Write" })
        .first()
        .click({ timeout: patience });
      await window.shows(window.tab("ratings_with_their_index.ts"));
      await window.shows(window.row("Ratings with their index"));
      await window.row("Add ratings").waitFor({ state: "hidden" });
      await takePicture("squash");
    }));

  it("colours the SQL of a template as SQL, and its quotes as the template's", () =>
    pictured("colours", async () => {
      const { page } = session;
      await window.open(newest, "pqr678");
      const line = window.line("expression: sql`");
      await window.shows(line);
      // A line that takes the editor more than half a second, as while much else starts, stays half coloured.
      await session.runCommand("Developer: Force Retokenize");
      await page.waitForTimeout(2000);
      const classOf = (text: string): Promise<string | null> =>
        line.locator("span span").filter({ hasText: text }).first().getAttribute("class");
      const [name, quoted] = [await classOf("coalesce"), await classOf("english")];
      assert.notEqual(name, quoted);
      assert.notEqual(name, await classOf("sql"));
    }));

  it("opens the graph from the menu of the status bar", () =>
    pictured("status-bar", async () => {
      const { page } = session;
      await window.statusBar("pending").click();
      await window.shows(window.pick("History"));
      await window.shows(window.pick("Preview SQL"));
      await takePicture("status-bar-menu");
      await window.pick("Show Graph").click();
      await window.shows(page.locator(".tabs-container .tab").filter({ hasText: "Revision Graph" }));
    }));
});
