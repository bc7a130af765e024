import assert from "node:assert/strict";
import type { FrameLocator, Locator } from "playwright-core";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { versionRows } from "../../support/queryRows";
import { commandLine, makeExample, openWith, Window, withPicture } from "./flowSession";

const newest = "Add full-text search to content";

describe("the graph in the editor", function () {
  this.timeout(300_000);
  let server: PostgresServer;
  let url: string;
  let session: EditorSession;
  let window: Window;
  let graph: FrameLocator;
  let example: ReturnType<typeof makeExample>;
  const rowOf = (text: string): Locator => graph.locator(".row").filter({ hasText: text }).first();
  const selected = (): Promise<string> => graph.locator('.row[aria-selected="true"] .id').innerText();
  const button = (name: string): Locator => graph.getByRole("button", { name, exact: true });

  before(async () => {
    server = await startPostgres();
    url = await server.createDatabase();
    example = makeExample(url);
    await commandLine(example.folder, "upgrade", "def456");
    session = await openWith(example.folder);
    window = new Window(session.page);
    await session.page.locator('.activitybar [aria-label^="Alembic"]').first().click();
    await window.shows(window.row(newest));
    await session.runCommand("Alembic: Check Status");
    await window.shows(window.statusBar("pending"));
    await session.runCommand("Alembic: Show Graph");
    graph = session.page.frameLocator("iframe.webview").frameLocator("iframe");
    await window.shows(rowOf(newest));
  });
  after(async () => {
    await session.close();
    example.remove();
    await server.stop();
  });
  const pictured = (name: string, action: () => Promise<void>): Promise<void> =>
    withPicture(session.page, `graph-${name}`, action);

  it("takes letters for what is looked for, and changes no database by a key", () =>
    pictured("letters", async () => {
      await rowOf(newest).click();
      await session.page.keyboard.type("d");
      await session.page.keyboard.type("ef4");
      await window.shows(graph.locator(".note").filter({ hasText: "1 of 1" }));
      assert.equal(await selected(), "def456");
      for (const key of ["u", "d", "p"]) {
        await session.page.waitForTimeout(1100);
        await session.page.keyboard.press(key);
      }
      await session.page.waitForTimeout(1100);
      assert.equal(await session.page.locator(".monaco-dialog-box").count(), 0);
      assert.deepEqual(await versionRows(url), ["def456"]);
    }));

  it("enables what the state of a revision allows", () =>
    pictured("buttons", async () => {
      await rowOf(newest).click();
      assert.deepEqual(
        [await button("Upgrade to here").isEnabled(), await button("Downgrade to before this").isEnabled()],
        [true, false],
      );
      await rowOf("abc123").click();
      assert.deepEqual(
        [await button("Upgrade to here").isEnabled(), await button("Downgrade to before this").isEnabled()],
        [false, true],
      );
      assert.match((await rowOf("def456").getAttribute("title")) ?? "", /\nRevises abc123$/);
    }));

  it("finds while one types, and says how many there are", () =>
    pictured("find", async () => {
      await rowOf(newest).click();
      await graph.locator(".find").fill("user");
      await window.shows(graph.locator(".note").filter({ hasText: /^1 of \d+$/ }));
      const first = await selected();
      await graph.locator(".find").press("Enter");
      await window.shows(graph.locator(".note").filter({ hasText: /^2 of \d+$/ }));
      assert.notEqual(await selected(), first);
      await graph.locator(".find").press("Shift+Enter");
      await window.shows(graph.locator(".note").filter({ hasText: /^1 of \d+$/ }));
      assert.equal(await selected(), first);
      await graph.locator(".find").fill("nothing like that");
      await window.shows(graph.locator(".note").filter({ hasText: "No revision matches." }));
    }));

  it("opens the menu of a revision by the right button and by Shift+F10", () =>
    pictured("menu", async () => {
      const { page } = session;
      const items = page.locator(".monaco-menu .action-label");
      await rowOf(newest).click({ button: "right" });
      await window.shows(items.filter({ hasText: "Upgrade to Here" }).first());
      assert.equal(await items.filter({ hasText: "Downgrade" }).filter({ visible: true }).count(), 1);
      await page.keyboard.press("Escape");
      await rowOf("def456").click();
      await page.keyboard.press("Shift+F10");
      await window.shows(items.filter({ hasText: "Copy Revision ID" }).first());
      await page.screenshot({ path: process.env["GRAPH_PICTURE"] ?? "/dev/null", type: "png" });
      await page.keyboard.press("Escape");
    }));

  it("asks before an upgrade, names the database, and runs what was confirmed", () =>
    pictured("upgrade", async () => {
      const { page } = session;
      const dialog = page.locator(".monaco-dialog-box");
      await rowOf("ghi789").click();
      await button("Upgrade to here").click();
      await window.shows(dialog.filter({ hasText: "by one revision?" }));
      assert.match(await dialog.innerText(), /ghi789/);
      await page.keyboard.press("Escape");
      assert.deepEqual(await versionRows(url), ["def456"]);
      await button("Upgrade to here").click();
      await dialog.getByRole("button", { name: "Upgrade", exact: true }).click();
      await window.shows(graph.locator(".row.current").filter({ hasText: "ghi789" }));
      assert.deepEqual(await versionRows(url), ["ghi789"]);
    }));
});
