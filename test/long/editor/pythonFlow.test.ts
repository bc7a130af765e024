import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { queryValues, versionRows } from "../../support/queryRows";
import { openWith, Window, withPicture } from "./flowSession";
import { alembicProcesses, makeShop, pythonRevision, requireAlembic, type Workspace } from "./pythonShop";

const pictures = process.env["OUTCOME_PICTURES"];

/** Through Debian's own Alembic, on a real PostgreSQL, with the window as a person sees it. */
describe("a project of Python's Alembic in the editor", function () {
  this.timeout(300_000);
  let server: PostgresServer;
  let url: string;
  let shop: Workspace;
  let session: EditorSession;
  let window: Window;

  before(async () => {
    requireAlembic();
    server = await startPostgres();
    url = await server.createDatabase();
    shop = makeShop(url);
    session = await openWith(shop.folder, { env: { SHOP_DATABASE_URL: url } });
    window = new Window(session.page);
    await session.page.locator('.activitybar [aria-label^="Alembic"]').first().click();
    await window.shows(window.row("index email"));
  });
  after(async () => {
    await session.close();
    shop.remove();
    await server.stop();
  });

  const toast = (text: string) =>
    session.page.locator(".notification-toast").filter({ hasText: text }).first();
  const button = (text: string, name: string) =>
    toast(text).locator(".monaco-button").filter({ hasText: name }).first();
  const dialog = () => session.page.locator(".monaco-dialog-box");
  const shown = (name: string, action: () => Promise<void>): Promise<void> =>
    withPicture(session.page, `python-${name}`, action);
  async function picture(name: string): Promise<void> {
    if (pictures !== undefined) {
      await session.page.screenshot({ path: join(pictures, `python-${name}.png`) });
    }
  }
  const columns = (): Promise<readonly unknown[]> =>
    queryValues(
      url,
      "SELECT column_name FROM information_schema.columns WHERE table_name = 'users' ORDER BY 1",
    );

  it("shows where the database is", () =>
    shown("status", async () => {
      await session.runCommand("Alembic: Check Status");
      await window.shows(window.statusBar("3 pending"));
      await window.shows(window.row("index email").filter({ hasText: "pending" }));
      await shop.alembic("upgrade", "a1");
      await session.runCommand("Alembic: Check Status");
      await window.shows(window.row("create users").filter({ hasText: "current" }));
      await picture("status");
    }));

  it("previews the SQL that Alembic writes", () =>
    shown("preview", async () => {
      await window.open("index email", "c3_index_email.py");
      await window.lens("Preview SQL").click();
      await window.shows(window.line("CREATE INDEX ix_users_email ON users (email)"));
      await picture("preview");
      await window.palette("View: Close All Editors");
    }));

  it("upgrades by the lens, and downgrades after it asked", () =>
    shown("upgrade", async () => {
      await window.open("index email", "c3_index_email.py");
      await window.lens("Upgrade to here").click();
      await window.shows(window.row("index email").filter({ hasText: "current" }));
      assert.deepEqual(await versionRows(url), ["c3"]);
      assert.deepEqual(await columns(), ["email", "id"]);
      await picture("upgraded");
      await window.open("add email", "b2_add_email.py");
      await window.lens("Downgrade to before this").click();
      await window.shows(dialog().filter({ hasText: "index email" }));
      await picture("downgrade");
      await dialog().locator(".monaco-button").filter({ hasText: "Downgrade" }).first().click();
      await window.shows(window.row("create users").filter({ hasText: "current" }));
      assert.deepEqual(await versionRows(url), ["a1"]);
      assert.deepEqual(await columns(), ["id"]);
    }));

  it("writes new revisions and a merge that Alembic runs", () =>
    shown("merge", async () => {
      await window.palette("Alembic: New Revision…");
      await window.answer("What the revision does", "add name");
      await window.shows(window.tab("add_name"));
      await window.shows(window.row("add name"));
      await window.open("add email", "b2_add_email.py");
      await window.palette("Alembic: New Revision After This");
      await window.answer("What the revision does", "add city");
      await window.shows(window.row("add city"));
      assert.equal((await shop.alembic("heads")).trim().split("\n").length, 2);
      await window.palette("Alembic: Merge Heads…");
      await window.answer("Merge Heads (1/2)");
      await window.answer("What the revision does", "merge both");
      await window.shows(window.row("merge both"));
      await picture("merged");
      assert.match(await shop.alembic("heads", "-v"), /^Rev: \w+ \(head\) \(mergepoint\)\nMerges: /);
      await window.palette("Alembic: Upgrade to Head");
      await window.shows(window.statusBar("up to date"));
      await window.shows(window.row("merge both").filter({ hasText: "current" }));
      await picture("up-to-date");
      assert.match(await shop.alembic("current"), /\(head\) \(mergepoint\)/);
    }));

  it("mends a down_revision on its line", () =>
    shown("mended", async () => {
      const file = "migrations/versions/d4_add_phone.py";
      const [head = ""] = (await shop.alembic("heads")).split(" ");
      shop.write({
        [file]: pythonRevision("d4", "gone", "add phone", {
          upgrade: "op.add_column('users', sa.Column('phone', sa.Text))",
          downgrade: "op.drop_column('users', 'phone')",
        }),
      });
      await window.open("add phone", "d4_add_phone.py");
      await window.shows(session.page.locator(".editor-instance .squiggly-error"));
      await window.line("down_revision").getByText("'gone'").first().click();
      await session.page.keyboard.press("Control+.");
      await window.shows(session.page.getByText(`Set the parent to ${head} (merge both)`).first());
      await picture("quick-fix");
      await session.page.keyboard.press("Enter");
      await window.shows(window.line(`down_revision = '${head}'`));
      await session.page.keyboard.press("Control+S");
      await session.page.locator(".editor-instance .squiggly-error").first().waitFor({ state: "hidden" });
      assert.match(await shop.alembic("heads"), /^d4 \(head\)/);
      await window.lens("Upgrade to here").click();
      await window.shows(window.row("add phone").filter({ hasText: "current" }));
      assert.deepEqual(await versionRows(url), ["d4"]);
      await picture("mended");
    }));

  it("shows revisions as TypeScript, and writes them where the user says", () =>
    shown("converted", async () => {
      await window.open("create users", "a1_create_users.py");
      await window.shows(window.lens("Preview SQL"));
      await window.row("add email").click({ modifiers: ["Control"] });
      // A file that has just been opened takes the focus, which would close the menu.
      await window.pause();
      await window.row("add email").click({ button: "right" });
      // The editor takes a click that follows at once for the end of the one that opened the menu.
      await window.pause();
      await session.page
        .locator(".context-view .action-item")
        .filter({ hasText: "Convert to TypeScript" })
        .first()
        .click();
      await window.shows(button("Convert 2 revisions to TypeScript?", "Replace Python Files"));
      await window.shows(session.page.locator(".view-line").filter({ hasText: "op.createTable" }).first());
      await picture("converted");
      await button("Convert 2 revisions to TypeScript?", "Write to typescript").click();
      await window.shows(window.tab("a1_create_users.ts"));
      assert.match(shop.read("migrations/typescript/b2_add_email.ts"), /op\.addColumn\("users", "email"/);
      rmSync(join(shop.folder, "migrations/typescript"), { recursive: true });
      await window.palette("View: Close All Editors");
    }));

  it("says what failed, and opens the line", () =>
    shown("failed", async () => {
      shop.write({
        "migrations/versions/e5_fail.py": pythonRevision("e5", "d4", "fail", {
          upgrade: "op.execute('SELECT 1 FROM nowhere')",
        }),
      });
      await window.open("fail", "e5_fail.py");
      await window.lens("Upgrade to here").click();
      await window.shows(toast('relation "nowhere" does not exist'));
      await picture("failed");
      await window.palette("View: Close All Editors");
      await button("nowhere", "Open File").click();
      await window.shows(window.statusBar("Ln 18"));
      assert.deepEqual(await versionRows(url), ["d4"]);
      await window.palette("Notifications: Clear All Notifications");
    }));

  it("ends Alembic where a run is cancelled", () =>
    shown("cancelled", async () => {
      rmSync(join(shop.folder, "migrations/versions/e5_fail.py"));
      shop.write({
        "migrations/versions/e6_wait.py": pythonRevision("e6", "d4", "wait", {
          upgrade: "op.execute('SELECT pg_sleep(600)')",
        }),
      });
      await window.open("wait", "e6_wait.py");
      await window.lens("Upgrade to here").click();
      await window.shows(button("Upgrading", "Cancel"));
      const sleeping =
        "SELECT count(*)::int FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()";
      for (let look = 0; look < 100 && (await queryValues(url, sleeping))[0] === 0; look += 1) {
        await session.page.waitForTimeout(100);
      }
      assert.notDeepEqual(alembicProcesses(shop.folder), []);
      await picture("running");
      await button("Upgrading", "Cancel").click();
      await window.shows(toast("Cancelled: Upgrading to e6. The database is at d4. Alembic did not stop"));
      await picture("cancelled");
      assert.deepEqual(alembicProcesses(shop.folder), []);
      // PostgreSQL looks after its clients only between statements, which is what the message says.
      await queryValues(
        url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()",
      );
      assert.deepEqual(await versionRows(url), ["d4"]);
    }));
});
