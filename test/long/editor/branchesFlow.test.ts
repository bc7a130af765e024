import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import type { EditorSession } from "../../host/editorSession.mjs" with { "resolution-mode": "import" };
import { commandLine, makeExample, openWith, patience, Window, withPicture } from "./flowSession";

const pictures = process.env["OUTCOME_PICTURES"];

describe("two heads and a squash, by clicks", function () {
  this.timeout(300_000);
  let session: EditorSession;
  let window: Window;
  let example: ReturnType<typeof makeExample>;
  const dialog = (): Locator => session.page.locator(".monaco-dialog-box");
  const button = (text: string): Locator =>
    session.page.locator(".notifications-toasts .monaco-button").filter({ hasText: text }).first();
  const files = (): readonly string[] => readdirSync(join(example.folder, "database/migrations/versions"));

  before(async () => {
    // Nothing here asks a database of the project.
    example = makeExample("postgresql://nobody@127.0.0.1:1/none?sslmode=disable");
    await commandLine(
      example.folder,
      "revision",
      "-m",
      "Add ratings",
      "--rev-id",
      "rat111",
      "--head",
      "mno345",
      "--splice",
    );
    session = await openWith(example.folder);
    window = new Window(session.page);
    await session.page.locator('.activitybar [aria-label^="Alembic"]').first().click();
    await window.shows(window.row("Add ratings"));
  });
  after(async () => {
    await session.close();
    example.remove();
  });
  const pictured = (name: string, action: () => Promise<void>): Promise<void> =>
    withPicture(session.page, `branches-${name}`, action);
  async function takePicture(name: string): Promise<void> {
    if (pictures !== undefined) {
      await session.page.screenshot({ path: join(pictures, `branches-${name}.png`) });
    }
  }

  it("merges two heads that fit together by one click", () =>
    pictured("merge", async () => {
      await session.runCommand("Alembic: Check Whether the Heads Fit Together");
      await button("Merge").waitFor({ timeout: patience });
      await takePicture("check");
      await button("Merge").click();
      await window.shows(window.row("merge "));
      const heads = await commandLine(example.folder, "heads");
      assert.equal(heads.trim().split("\n").length, 1, heads);
    }));

  it("asks for the first revision of a squash, and about rows before it writes", () =>
    pictured("squash", async () => {
      const { page } = session;
      const before = files();
      const squash = async (): Promise<void> => {
        await window.row("merge ").click();
        // The file of the row takes the focus, which would close the menu.
        await page.waitForTimeout(1500);
        await window.row("merge ").click({ button: "right" });
        await page.waitForTimeout(500);
        await page
          .locator(".monaco-menu .action-item")
          .filter({ hasText: "Squash Revisions up to Here" })
          .first()
          .click();
        await page.locator(".quick-input-widget").filter({ hasText: "Squash Revisions up to" }).waitFor();
        await takePicture("squash-picker");
        await window.pick("Create users").click();
        await page.locator('.quick-input-widget input:focus:not([placeholder*="first"])').fill("Platform");
        await page.keyboard.press("Enter");
        await dialog().filter({ hasText: "These statements change rows" }).waitFor({ timeout: patience });
        await takePicture("squash-rows");
      };
      await squash();
      assert.match(
        (await dialog().innerText()).replaceAll(/\s+/g, " "),
        /mno345 upgrade: UPDATE .* mno345 downgrade: UPDATE /,
      );
      await page.keyboard.press("Escape");
      await dialog().waitFor({ state: "hidden" });
      assert.deepEqual(files(), before, "nothing is written where the dialog is closed");
      await squash();
      await dialog().getByRole("button", { name: "Write", exact: true }).click();
      await window.shows(window.row("Platform"));
      await window.row("Add ratings").waitFor({ state: "hidden" });
      assert.equal(files().length, before.length + 1);
    }));
});
