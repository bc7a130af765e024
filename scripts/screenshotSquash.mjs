// Revisions are squashed: chosen in the view, looked at, written.
import { rowOf, quiet, widenSideBar } from "./screenshotPage.mjs";

/** The first three revisions of the example become one. */
export const squashSession = {
  name: "squash",
  prepare: () => undefined,
  scenes: [
    { name: "squash-menu", show: chooseRange },
    { name: "squash-preview", show: previewSquash },
    { name: "squash-written", show: writeSquash },
  ],
};

function menuItem(page) {
  return page.locator(".context-view .action-label").filter({ hasText: "Squash Revisions up to Here" });
}

async function chooseRange({ page, runCommand }) {
  await page.locator(".statusbar-item").filter({ hasText: "Alembic" }).waitFor();
  await page.locator('.activitybar [aria-label^="Alembic"]').first().click();
  await widenSideBar(page, 60);
  await rowOf(page, "Create users").click();
  await quiet({ page, runCommand });
  await rowOf(page, "Create users").click();
  await rowOf(page, "Add email_verified").click({ modifiers: ["Shift"] });
  await rowOf(page, "Add email_verified").click({ button: "right" });
  await menuItem(page).waitFor();
  await menuItem(page).hover();
}

function writeButton(page) {
  return page.locator(".notifications-toasts .monaco-button").filter({ hasText: "Write" }).first();
}

async function previewSquash({ page }) {
  await menuItem(page).click();
  const input = page.locator(".quick-input-widget input:focus");
  await input.waitFor();
  await input.fill("Users and content");
  await page.keyboard.press("Enter");
  await writeButton(page).waitFor({ timeout: 60_000 });
  await page.locator(".view-line").filter({ hasText: "replaces" }).first().waitFor();
}

async function writeSquash({ page, runCommand }) {
  await writeButton(page).click();
  await page.locator(".tabs-container .tab").filter({ hasText: "users_and_content.ts" }).waitFor();
  await rowOf(page, "Users and content").waitFor();
  await quiet({ page, runCommand });
}
