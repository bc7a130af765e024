// A dangerous statement is typed, measured and mended.
import { lensOf, quiet, rowOf, widenSideBar } from "./screenshotPage.mjs";

const statement = `await op.createCheckConstraint("email_has_at", "users", "position('@' in email) > 1");`;

/** What a person does who writes a revision by hand. */
export const lintSession = {
  name: "lint",
  prepare: ({ runCommandLine }) => runCommandLine("upgrade", "head"),
  scenes: [
    { name: "lint-typed", show: typeStatement },
    { name: "lint-measured", show: measure },
    { name: "lint-fixes", show: listFixes },
    { name: "lint-fixed", show: takeFix },
  ],
};

async function typeStatement({ page, runCommand }) {
  await page.locator(".statusbar-item").filter({ hasText: "Alembic" }).waitFor();
  await page.locator('.activitybar [aria-label^="Alembic"]').first().click();
  await widenSideBar(page, 40);
  await runCommand("Alembic: Check Status");
  await rowOf(page, "current").waitFor({ timeout: 60_000 });
  await runCommand("Alembic: New Revision…");
  await page.locator(".quick-input-widget input:focus").first().waitFor();
  await page.keyboard.type("Require an @ in email addresses");
  await page.keyboard.press("Enter");
  await lensOf(page, "Upgrade to here").waitFor({ timeout: 60_000 });
  await quiet({ page, runCommand });
  await page.keyboard.insertText(statement);
  await markOf(page).waitFor({ timeout: 30_000 });
  await hoverCall(page);
}

async function measure({ page, runCommand }) {
  await page.keyboard.press("Escape");
  await runCommand("Alembic: Measure Locks");
  await lensOf(page, "ACCESS EXCLUSIVE").waitFor({ timeout: 60_000 });
  await quiet({ page, runCommand });
  await hoverCall(page);
  await page.locator(".monaco-hover:not(.hidden)").getByText("Measured:").first().waitFor();
}

async function listFixes({ page }) {
  await page.keyboard.press("Escape");
  await callOf(page).click();
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row").filter({ hasText: "NOT VALID" }).first().waitFor();
  await page.mouse.move(900, 740);
}

async function takeFix({ page, runCommand }) {
  await page.keyboard.press("Enter");
  await markOf(page).waitFor({ state: "hidden", timeout: 30_000 });
  await page.locator(".view-line").filter({ hasText: "validateConstraint" }).first().waitFor();
  await quiet({ page, runCommand });
}

function markOf(page) {
  return page.locator(".editor-instance .squiggly-warning, .editor-instance .squiggly-error").first();
}

function callOf(page) {
  return page.locator(".view-line").getByText("createCheckConstraint").first();
}

async function hoverCall(page) {
  await page.mouse.move(900, 740);
  await callOf(page).hover();
  await page.locator(".monaco-hover:not(.hidden) .hover-contents").first().waitFor();
}
