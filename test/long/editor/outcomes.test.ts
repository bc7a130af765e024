import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { makeExample, openWith, Window, withPicture } from "./flowSession";

const pictures = process.env["OUTCOME_PICTURES"];

/** How runs end, as it is shown: with notifications, which the driver of other suites hides. */
describe("what the editor says of runs", function () {
  this.timeout(600_000);
  let server: PostgresServer;
  let url: string;
  let example: ReturnType<typeof makeExample>;
  let session: EditorSession;
  let window: Window;

  before(async () => {
    server = await startPostgres();
    url = await server.createDatabase();
    example = makeExample(url);
    session = await openWith(example.folder, { settings: { "workbench.startupEditor": "none" } });
    window = new Window(session.page);
    await session.page.locator('.activitybar [aria-label^="Alembic"]').first().click();
    await window.shows(window.row("Add full-text search to content"));
  });
  after(async () => {
    await session.close();
    example.remove();
    await server.stop();
  });

  const useDatabase = (named: string): void =>
    writeFileSync(join(example.folder, ".env"), `DATABASE_URL=${named}\n`);
  const toast = (text: string) =>
    session.page.locator(".notification-toast").filter({ hasText: text }).first();
  const button = (text: string, name: string) =>
    toast(text).locator(".monaco-button").filter({ hasText: name }).first();
  async function picture(name: string): Promise<void> {
    if (pictures !== undefined) {
      await session.page.screenshot({ path: join(pictures, `${name}.png`) });
    }
  }
  const shown = (name: string, action: () => Promise<void>): Promise<void> =>
    withPicture(session.page, name, action);

  it("puts a success in the place of the failure before it", () =>
    shown("retry", async () => {
      useDatabase("postgres://postgres@127.0.0.1:1/shop");
      await window.palette("Alembic: Upgrade to Head");
      await window.shows(button("Can't connect", "Retry"));
      await window.shows(button("Can't connect", "Select Environment"));
      await picture("unreachable");
      useDatabase(url);
      await button("Can't connect", "Retry").click();
      await window.shows(window.statusBar("up to date"));
      await toast("Can't connect").waitFor({ state: "hidden" });
      await picture("retried");
    }));

  it("says what a run waits for, and that it was cancelled", () =>
    shown("waiting", async () => {
      const holder = new Client({ connectionString: url, application_name: "report job" });
      await holder.connect();
      try {
        await window.palette("Alembic: Downgrade by One");
        const dialog = session.page.locator(".monaco-dialog-box");
        await window.shows(dialog);
        await holder.query("BEGIN; LOCK TABLE educational_content IN ACCESS SHARE MODE");
        await dialog.locator(".monaco-button").filter({ hasText: "Downgrade" }).first().click();
        await window.shows(toast("that report job holds"));
        await picture("waiting");
        await button("that report job holds", "Cancel").click();
        await window.shows(toast("Cancelled: Downgrading to -1. The database is at pqr678."));
        await picture("cancelled");
      } finally {
        await holder.end();
      }
    }));

  it("opens the project's row of the Test Explorer by a click, and names tests by message and id", () =>
    shown("tests", async () => {
      await session.page.locator('.activitybar [aria-label^="Testing"]').first().click();
      await window.row("educational-platform").click();
      await window.shows(window.row("Add full-text search to content (pqr678)"));
      await picture("tests");
      await session.page.locator('.activitybar [aria-label^="Alembic"]').first().click();
    }));

  it("leads with the row that no file has", () =>
    shown("unknown-row", async () => {
      const client = new Client(url);
      await client.connect();
      await client.query("UPDATE alembic_version SET version_num = 'zzz999'");
      try {
        await window.palette("Alembic: Upgrade to Head");
        await window.shows(button("The database is at zzz999, which no revision here has.", "Look in Git"));
        await window.shows(window.row("zzz999"));
        await picture("unknown-row");
      } finally {
        await client.query("UPDATE alembic_version SET version_num = 'pqr678'");
        await client.end();
      }
    }));

  it("asks which of two heads to upgrade to, and puts the caret into upgrade", () =>
    shown("heads", async () => {
      await window.palette("Alembic: Check Status");
      await window.palette("Alembic: New Revision…");
      await window.answer("What the revision does", "add nickname to users");
      await window.shows(window.tab("add_nickname_to_users"));
      await window.shows(window.statusBar("Ln 16, Col 3"));
      await session.page.keyboard.type("// typed");
      await session.page.keyboard.press("Control+S");
      await window.shows(window.line("// typed"));
      await picture("caret");
      await window.row("Add full-text search to content").click();
      await window.shows(window.lens("Current"));
      await window.palette("Alembic: New Revision After This");
      await window.answer("What the revision does", "add city to users");
      await window.shows(window.row("add city to users"));
      await window.palette("Alembic: Upgrade to Head");
      await window.shows(window.pick("All heads"));
      await window.shows(window.pick("add city to users"));
      await window.shows(window.pick("Merge the heads first…"));
      await picture("heads");
      await session.page.keyboard.press("Escape");
      assert.equal(await toast("Upgraded").count(), 0);
    }));
});
