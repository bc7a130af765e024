import assert from "node:assert/strict";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { commandLine, makeExample, openWith, patience, Window, withPicture } from "./flowSession";

/** The guide's development workflow: write, look, upgrade, test, downgrade, branch, merge. */
describe("a day's work in the editor", function () {
  this.timeout(600_000);
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());

  for (const { title, work } of [
    { title: "with the mouse", work: workWithMouse },
    { title: "with the keyboard alone", work: workWithKeyboard },
  ]) {
    it(`can be done ${title}`, async () => {
      const example = makeExample(await server.createDatabase());
      let session: EditorSession | undefined;
      try {
        session = await openWith(example.folder);
        const { page } = session;
        await withPicture(page, title.replaceAll(" ", "-"), () => work(new Window(page), example.folder));
      } finally {
        await session?.close();
        example.remove();
      }
    });
  }
});

async function headsOf(folder: string): Promise<readonly string[]> {
  return (await commandLine(folder, "heads")).split("\n").flatMap((line) => /^(\S+)/.exec(line)?.[1] ?? []);
}

async function workWithMouse(window: Window, folder: string): Promise<void> {
  const { page } = window;
  await page.locator('.activitybar [aria-label^="Alembic"]').first().click();
  await window.shows(window.row("Add full-text search to content"));

  // Write a revision.
  await page.locator(".sidebar").hover();
  await page
    .locator(
      '.sidebar .pane-header [aria-label^="New Revision"], .sidebar .title-actions [aria-label^="New Revision"]',
    )
    .first()
    .click();
  await window.answer("What the revision does", "add nickname to users");
  await window.shows(window.tab("add_nickname_to_users"));
  await window.line("function upgrade").click();
  await window.fillFunction("upgrade", ' await op.addColumn("users", "nickname", { type: "text" }); ');
  await window.fillFunction("downgrade", ' await op.dropColumn("users", "nickname"); ');
  await page.keyboard.press("Control+S");

  // See it pending.
  await window.statusBar("Alembic").click();
  await window.pick("Check Status").click();
  await window.shows(window.row("add nickname to users").filter({ hasText: "pending" }));
  await window.shows(window.statusBar("8 pending"));

  // Look at its SQL.
  await window.lens("Preview SQL").click();
  await window.shows(window.line("ALTER TABLE users ADD COLUMN"));
  await window.tab("upgrade.sql").locator(".tab-actions .action-label").first().click();

  // Upgrade by the lens.
  await window.tab("add_nickname_to_users").click();
  await window.lens("Upgrade to here · 8 pending").click();
  await window.shows(window.row("add nickname to users").filter({ hasText: "current" }));
  await window.shows(window.lens("Current"));
  assert.match(await commandLine(folder, "current"), /\(head\)/);

  // Test its round trip.
  await page.locator('.activitybar [aria-label^="Testing"]').first().click();
  await window.row("educational-platform").click();
  const test = window.row("add nickname to users");
  await window.shows(test);
  await test.hover();
  await test.locator('[aria-label^="Run Test"]').first().click();
  await test.locator('[class*="testing-passed-icon"]').first().waitFor({ timeout: patience });

  // Downgrade, which asks.
  await page.locator('.activitybar [aria-label^="Alembic"]').first().click();
  await window.row("add nickname to users").click();
  await window.lens("Downgrade to before this").click();
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.filter({ hasText: "add nickname to users" }).waitFor({ timeout: patience });
  await dialog.locator(".monaco-button").filter({ hasText: "Downgrade" }).first().click();
  await window.shows(window.row("add nickname to users").filter({ hasText: "pending" }));

  // Branch.
  await window.row("Add full-text search to content").click({ button: "right" });
  // The editor takes a click that follows at once for the end of the one that opened the menu.
  await page.waitForTimeout(500);
  await page
    .locator(".context-view .action-item")
    .filter({ hasText: "New Revision After This" })
    .first()
    .click();
  await window.answer("What the revision does", "add city to users");
  await window.shows(window.tab("add_city_to_users"));
  await window.shows(window.row("add city to users"));
  assert.equal((await headsOf(folder)).length, 2);

  // Merge by dragging one head on the other.
  await window.row("add city to users").dragTo(window.row("add nickname to users"));
  await window.answer("What the revision does");
  await window.shows(window.row("merge "));
  assert.equal((await headsOf(folder)).length, 1);

  // All of it is applied.
  await page.locator('.sidebar [aria-label^="Upgrade to Head"]').first().click();
  await window.shows(window.statusBar("up to date"));
  assert.match(await commandLine(folder, "current"), /\(head\) \(mergepoint\)/);
}

async function workWithKeyboard(window: Window, folder: string): Promise<void> {
  const { page } = window;
  const { keyboard } = page;
  // Of a view whose extension is not there yet, the editor takes the keys away again.
  await window.shows(window.statusBar("Alembic"));
  await focusRows(window);
  await window.shows(window.row("Add full-text search to content"));
  await window.openWalkthrough();
  await window.palette("Alembic: Open Configuration");
  await window.shows(window.tab("alembic.config.ts"));

  // Write a revision.
  await window.palette("Alembic: New Revision…");
  await window.answer("What the revision does", "add nickname to users");
  await window.shows(window.tab("add_nickname_to_users"));
  await window.shows(window.line("function upgrade"));
  await window.fillFunction("upgrade", ' await op.addColumn("users", "nickname", { type: "text" }); ');
  await window.fillFunction("downgrade", ' await op.dropColumn("users", "nickname"); ');
  await keyboard.press("Control+S");

  // See it pending.
  await window.palette("Alembic: Check Status");
  await window.shows(window.row("add nickname to users").filter({ hasText: "pending" }));

  // From row to row with the arrows; its menu by the key for menus.
  await focusRows(window);
  await keyboard.press("Home");
  const focused = page.locator(".sidebar .monaco-list-row.focused");
  await window.shows(focused.filter({ hasText: "add nickname to users" }));
  await keyboard.press("ArrowDown");
  await window.shows(focused.filter({ hasText: "Add full-text search to content" }));
  await keyboard.press("ArrowUp");
  await keyboard.press("Shift+F10");
  await chooseInMenu(window, "Preview SQL of Upgrade");
  await window.shows(window.line("ALTER TABLE users ADD COLUMN"));
  await window.palette("View: Close All Editors");

  // Enter opens the file of a row, and F6 goes round the parts of the window.
  await focusRows(window);
  await keyboard.press("Home");
  await keyboard.press("Enter");
  await window.shows(window.tab("add_nickname_to_users"));
  await focusRows(window);
  for (let part = 0; part < 8 && !(await isFocusIn(window, ".editor-instance")); part += 1) {
    await keyboard.press("F6");
  }
  assert.ok(await isFocusIn(window, ".editor-instance"));

  // Upgrade.
  await window.palette("Alembic: Upgrade to Here");
  await window.shows(window.row("add nickname to users").filter({ hasText: "current" }));
  await window.shows(window.lens("Current"));

  // Test its round trip.
  await window.palette("Testing: Focus on Test Explorer View");
  await window.shows(window.row("educational-platform"));
  await window.palette("Test: Run Tests in Current File");
  await window.palette("Testing: Focus on Test Explorer View");
  for (let stop = 0; stop < 12 && !(await isFocusIn(window, ".sidebar .monaco-list")); stop += 1) {
    await keyboard.press("Tab");
  }
  const test = window.row("add nickname to users");
  // The view is drawn anew while the results come, and a key may fall into that.
  for (let attempt = 0; attempt < 20 && !(await test.isVisible()); attempt += 1) {
    await keyboard.press("Home");
    await keyboard.press("ArrowRight");
    await test.waitFor({ timeout: 2000 }).catch(() => undefined);
  }
  await window.shows(test);
  await test.locator('[class*="testing-passed-icon"]').first().waitFor({ timeout: patience });

  // Downgrade, which asks.
  await window.palette("Alembic: Downgrade by One");
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.filter({ hasText: "add nickname to users" }).waitFor({ timeout: patience });
  await keyboard.press("Enter");
  await focusRows(window);
  await window.shows(window.row("add nickname to users").filter({ hasText: "pending" }));

  // Branch.
  await keyboard.press("Home");
  await keyboard.press("ArrowDown");
  await keyboard.press("Shift+F10");
  await chooseInMenu(window, "New Revision After This");
  await window.answer("What the revision does", "add city to users");
  await window.shows(window.tab("add_city_to_users"));
  await window.shows(window.row("add city to users"));
  assert.equal((await headsOf(folder)).length, 2);

  // Merge.
  await window.palette("Alembic: Merge Heads…");
  await window.answer("Merge Heads (1/2)");
  await window.answer("What the revision does", "merge both");
  await window.shows(window.row("merge both"));
  assert.equal((await headsOf(folder)).length, 1);
  await window.palette("Alembic: Upgrade to Head");
  await window.shows(window.statusBar("up to date"));

  // The walkthrough has seen it all.
  await window.openWalkthrough();
  const steps = page.locator(".getting-started-step");
  await window.shows(steps.first());
  assert.equal(await steps.count(), 4);
  await window.shows(page.locator(".getting-started-step .codicon-getting-started-step-checked").nth(3));
}

/** Goes to the rows of the view. */
async function focusRows(window: Window): Promise<void> {
  await window.palette("Alembic: Focus on Revisions View");
  await window.shows(window.page.locator(".sidebar .monaco-list:focus"));
  // Rows that had the keys before get them back from the palette already before the command is carried out.
  await window.pause();
}

async function isFocusIn(window: Window, selector: string): Promise<boolean> {
  return (await window.page.locator(`${selector} :focus, ${selector}:focus`).count()) > 0;
}

/** Goes down a menu with the arrow keys to an entry. */
async function chooseInMenu(window: Window, text: string): Promise<void> {
  const { page } = window;
  await page.locator(".context-view .monaco-menu").first().waitFor();
  const focused = page.locator(".context-view .monaco-menu .action-item.focused").filter({ hasText: text });
  for (let entry = 0; entry < 30 && (await focused.count()) === 0; entry += 1) {
    await page.keyboard.press("ArrowDown");
  }
  assert.equal(await focused.count(), 1, `no ${text} in the menu`);
  await page.keyboard.press("Enter");
}
