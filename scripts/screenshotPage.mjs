// The parts of the window that scenes look at and click.

export function questionOf(page, text) {
  return page.locator(".quick-input-title").filter({ hasText: text });
}

export function rowOf(page, text) {
  return page.locator(".sidebar .monaco-list-row").filter({ hasText: text }).first();
}

export function lensOf(page, text) {
  return page.locator(".codelens-decoration a").filter({ hasText: text }).first();
}

export async function widenSideBar(page, pixels) {
  const { x, y, width, height } = await page.locator(".part.sidebar").boundingBox();
  await page.mouse.move(x + width + 1, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width + pixels, y + height / 2, { steps: 4 });
  await page.mouse.up();
}

/** Nothing that comes and goes is in the picture: colouring, the progress of others, notifications. */
export async function quiet({ page, runCommand }) {
  await runCommand("Developer: Force Retokenize");
  await page.waitForTimeout(1500);
  await page.locator(".statusbar-item").filter({ hasText: "Initializing" }).waitFor({ state: "hidden" });
  await runCommand("Notifications: Clear All Notifications");
  await page.mouse.move(900, 700);
}
