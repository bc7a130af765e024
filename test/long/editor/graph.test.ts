import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FrameLocator, Locator } from "playwright-core";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { versionRows } from "../../support/queryRows";
import { commandLine, makeExample, openWith, Window, withPicture } from "./flowSession";

const pictures = process.env["OUTCOME_PICTURES"];
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
    const git = (...words: readonly string[]): unknown => execFileSync("git", words, { cwd: example.folder });
    git("init", "-q");
    git("add", "database");
    git("-c", "user.name=Ann Other", "-c", "user.email=ann@example.org", "commit", "-q", "-m", "all");
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
  async function takePicture(name: string): Promise<void> {
    if (pictures !== undefined) {
      await session.page.screenshot({ path: join(pictures, `graph-${name}.png`) });
    }
  }
  const pictured = (name: string, action: () => Promise<void>): Promise<void> =>
    withPicture(session.page, `graph-${name}`, action);

  it("is worked with the keyboard from the moment it is shown", () =>
    pictured("keyboard", async () => {
      const first = await selected();
      await session.page.keyboard.press("ArrowDown");
      await graph.locator('.row[aria-selected="true"]').filter({ hasNotText: first }).waitFor();
      await session.page.keyboard.press("Shift+F10");
      await window.shows(session.page.locator(".monaco-menu .action-label").first());
      await session.page.keyboard.press("Escape");
    }));

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
      const shown = async (): Promise<readonly string[]> => {
        await window.shows(items.filter({ hasText: "Copy Revision ID" }).first());
        return (await items.filter({ visible: true }).allInnerTexts()).filter((text) => text.trim() !== "");
      };
      await rowOf(newest).click({ button: "right" });
      const ofGraph = await shown();
      await page.keyboard.press("Escape");
      // The same as in the tree; a click opens a file there.
      await window.row(newest).click({ button: "right" });
      assert.deepEqual(ofGraph, ["Open Revision", ...(await shown())]);
      assert.ok(ofGraph.includes("Rebase Branch Here…"), ofGraph.join());
      await page.keyboard.press("Escape");
      await page.locator(".tabs-container .tab").filter({ hasText: "Revision Graph" }).first().click();
      await rowOf("def456").click();
      await page.keyboard.press("Shift+F10");
      await window.shows(items.filter({ hasText: "Copy Revision ID" }).first());
      await takePicture("menu");
      await page.keyboard.press("Escape");
    }));

  it("shows who added each revision, where that is wanted", () =>
    pictured("authors", async () => {
      const authors = graph.locator(".row .author");
      assert.equal(await authors.count(), 0);
      await button("Authors").click();
      await window.shows(authors.filter({ hasText: "Ann Other, " }).first());
      assert.equal(await button("Authors").getAttribute("aria-pressed"), "true");
      assert.equal(await authors.count(), await graph.locator(".row").count());
      await takePicture("authors");
      await button("Authors").click();
      await authors.first().waitFor({ state: "detached" });
    }));

  it("is saved as a picture where the user says", () =>
    pictured("export", async () => {
      const { page } = session;
      await button("Export SVG").click();
      const input = page.locator(".quick-input-widget input:focus");
      await input.waitFor();
      const file = join(example.folder, "chain & lanes.svg");
      // What is suggested comes a moment after the question.
      while (!(await input.inputValue()).endsWith(".svg")) {
        await window.pause();
      }
      await window.pause();
      await input.fill(file);
      await window.pause();
      await input.press("Enter");
      await window.shows(page.locator(".tabs-container .tab").filter({ hasText: "chain & lanes.svg" }));
      assert.ok(existsSync(file));
      assert.equal(readFileSync(file, "utf8").match(/<text /g)?.length, 7);
      await page.keyboard.press("Control+F4");
      await page.locator(".tabs-container .tab").filter({ hasText: "Revision Graph" }).first().click();
      await rowOf(newest).waitFor();
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
