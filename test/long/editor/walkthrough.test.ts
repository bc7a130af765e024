import assert from "node:assert/strict";
import { join } from "node:path";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { startPostgres, type PostgresServer } from "../../support/postgresServer";
import { makeExample, openWith, patience, Window, withPicture } from "./flowSession";

const pictures = process.env["OUTCOME_PICTURES"];

describe("the walkthrough in a project that is set up", function () {
  this.timeout(300_000);
  let server: PostgresServer;
  let example: ReturnType<typeof makeExample>;
  let session: EditorSession;
  let window: Window;

  before(async () => {
    server = await startPostgres();
    example = makeExample(await server.createDatabase());
  });
  beforeEach(async () => {
    session = await openWith(example.folder, { settings: { "alembic.confirmUpgrade": "always" } });
    window = new Window(session.page);
    await window.shows(window.statusBar("Alembic"));
  });
  afterEach(() => session.close());
  after(async () => {
    example.remove();
    await server.stop();
  });

  async function picture(name: string): Promise<void> {
    if (pictures !== undefined) {
      await session.page.screenshot({ path: join(pictures, `walkthrough-${name}.png`) });
    }
  }

  /** Titles of the steps that are ticked. */
  async function ticked(): Promise<readonly string[]> {
    const steps = session.page.locator(".getting-started-step:has(.codicon-getting-started-step-checked)");
    return steps.locator(".step-title").allTextContents();
  }

  /** Waits until so many steps are ticked. */
  async function ticks(count: number): Promise<readonly string[]> {
    const checked = session.page.locator(".getting-started-step .codicon-getting-started-step-checked");
    await checked.nth(count - 1).waitFor({ timeout: patience });
    return ticked();
  }

  it("has ticked what is done, ticks no step that is cancelled, and each that is done", () =>
    withPicture(session.page, "walkthrough", async () => {
      const dialog = session.page.locator(".monaco-dialog-box");
      await window.palette("Alembic: Open Walkthrough");
      await picture("opened");
      const done = await ticks(2);
      assert.deepEqual(done, ["Set up a project", "Write a revision"]);

      await window.palette("Alembic: Upgrade to Head");
      await window.shows(dialog);
      await picture("question");
      await dialog.locator(".monaco-button").filter({ hasText: "Cancel" }).first().click();
      await dialog.waitFor({ state: "hidden" });
      await window.palette("Alembic: Preview SQL");
      await window.shows(session.page.locator(".quick-input-widget"));
      await session.page.keyboard.press("Escape");
      assert.deepEqual(await ticked(), done);

      await window.palette("Alembic: Upgrade to Head");
      await dialog.locator(".monaco-button").filter({ hasText: "Upgrade" }).first().click();
      await window.shows(window.statusBar("up to date"));
      await window.palette("Alembic: Open Walkthrough");
      await ticks(3);
      await picture("upgraded");
    }));

  it("has ticked what is done when the editor itself opens it", () =>
    withPicture(session.page, "walkthrough-of-the-editor", async () => {
      await window.openWalkthrough();
      assert.deepEqual(await ticks(2), ["Set up a project", "Write a revision"]);
    }));
});
