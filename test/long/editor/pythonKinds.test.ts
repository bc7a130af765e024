import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { versionRows } from "../../support/queryRows";
import { openWith, Window, withPicture } from "./flowSession";
import { makeShop, requireAlembic, type Workspace } from "./pythonShop";

const pictures = process.env["OUTCOME_PICTURES"];

function typescriptRevision(id: string, parent: string | null, message: string, statement: string): string {
  return `/**
 * ${message}
 *
 * Revision ID: ${id}
 * Revises: ${parent ?? ""}
 * Create Date: 2025-10-02 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = "${id}";
export const down_revision: string | string[] | null = ${JSON.stringify(parent)};
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.execute("${statement}");
}

export async function downgrade(): Promise<void> {}
`;
}

/** Folders in which Python is not all that there is, or is not there at all. */
describe("Python's Alembic beside TypeScript and without Python", function () {
  this.timeout(300_000);
  let server: PostgresServer;
  let url: string;
  let shop: Workspace;
  let session: EditorSession | undefined;

  before(async () => {
    requireAlembic();
    server = await startPostgres();
  });
  after(() => server.stop());
  beforeEach(async () => {
    url = await server.createDatabase();
    shop = makeShop(url);
  });
  afterEach(async () => {
    await session?.close();
    session = undefined;
    shop.remove();
  });

  async function open(env: Readonly<Record<string, string>>): Promise<Window> {
    session = await openWith(shop.folder, { env: { SHOP_DATABASE_URL: url, ...env } });
    await session.page.locator('.activitybar [aria-label^="Alembic"]').first().click();
    return new Window(session.page);
  }
  const toast = (window: Window, text: string) =>
    window.page.locator(".notification-toast").filter({ hasText: text }).first();
  async function picture(window: Window, name: string): Promise<void> {
    if (pictures !== undefined) {
      await window.page.screenshot({ path: join(pictures, `python-${name}.png`) });
    }
  }

  it("reads all and says in one sentence that there is no Alembic", async () => {
    const programs = mkdtempSync(join(tmpdir(), "alembic-ts-no-python-"));
    // The editor asks the login shell for the variables of the user, whose PATH has Python.
    const shell = join(programs, "sh");
    writeFileSync(shell, '#!/bin/sh\nfor last; do :; done\nexec /bin/sh -c "$last"\n', { mode: 0o755 });
    const window = await open({ PATH: programs, SHELL: shell });
    await withPicture(window.page, "no-python", async () => {
      await window.open("index email", "c3_index_email.py");
      await window.shows(window.lens("Upgrade to here"));
      await window.lens("Upgrade to here").click();
      await window.shows(toast(window, "Neither Python nor Alembic was found for"));
      await picture(window, "missing");
      await window.palette("Notifications: Clear All Notifications");
      await window.palette("Alembic: New Revision…");
      await window.answer("What the revision does", "add name");
      await window.shows(window.row("add name"));
      await window.palette("Alembic: Show Graph");
      await window.shows(window.tab("Graph"));
      await picture(window, "no-python-graph");
    });
    rmSync(programs, { recursive: true });
    assert.match(await shop.alembic("heads"), /\(head\)/);
    assert.equal(await versionRows(url), undefined);
  });

  it("runs each project of a folder with both kinds by its own tool", async () => {
    const other = await server.createDatabase();
    shop.write({
      "service/alembic.config.json": JSON.stringify({ scriptLocation: "migrations", url: other }),
      "service/migrations/versions/s1_orders.ts": typescriptRevision(
        "s1",
        null,
        "create orders",
        "CREATE TABLE orders ()",
      ),
    });
    const window = await open({});
    await withPicture(window.page, "both-kinds", async () => {
      await window.shows(window.row("create orders"));
      await window.open("index email", "c3_index_email.py");
      await window.lens("Upgrade to here").click();
      await window.shows(window.row("index email").filter({ hasText: "current" }));
      await window.open("create orders", "s1_orders.ts");
      await window.lens("Upgrade to here").click();
      await window.shows(window.row("create orders").filter({ hasText: "current" }));
      await picture(window, "both-kinds");
    });
    assert.deepEqual([await versionRows(url), await versionRows(other)], [["c3"], ["s1"]]);
  });

  it("stops a chain in both languages at its border, and names both commands", async () => {
    shop.write({
      "migrations/versions/d4_orders.ts": typescriptRevision(
        "d4",
        "c3",
        "create orders",
        "CREATE TABLE orders ()",
      ),
      ".env": `DATABASE_URL=${url}\n`,
    });
    const window = await open({ DATABASE_URL: url });
    await withPicture(window.page, "mixed", async () => {
      await window.open("create orders", "d4_orders.ts");
      await window.lens("Upgrade to here").click();
      const refusal = "alembic-ts takes over from alembic at revision d4";
      await window.shows(toast(window, refusal));
      await picture(window, "mixed");
      assert.equal(await versionRows(url), undefined);
      await shop.alembic("upgrade", "c3");
      await window.palette("Notifications: Clear All Notifications");
      await window.palette("Alembic: Check Status");
      await window.shows(window.row("index email").filter({ hasText: "current" }));
      await window.lens("Upgrade to here").click();
      await window.shows(window.row("create orders").filter({ hasText: "current" }));
      await picture(window, "mixed-after");
    });
    assert.deepEqual(await versionRows(url), ["d4"]);
  });
});
