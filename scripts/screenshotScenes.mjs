// What `npm run screenshots` shows, picture after picture.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { headsSession } from "./screenshotHeads.mjs";
import { lintSession } from "./screenshotLint.mjs";
import { squashSession } from "./screenshotSquash.mjs";
import { lensOf, questionOf, quiet, rowOf, widenSideBar } from "./screenshotPage.mjs";

/** The example stands here: the last ones are pending. */
const current = "jkl012";

/** The pictures of each session, in the order in which they are taken; each begins where the one before it ended. */
export const sessions = [
  {
    name: "alone",
    prepare: ({ runCommandLine }) => runCommandLine("upgrade", current),
    scenes: [
      { name: "revisions", show: showRevisions },
      { name: "hover", show: hoverParent },
      { name: "downgrade", show: askForDowngrade },
      { name: "sql-preview", show: previewSql },
      { name: "mistyped-parent", show: mistypeParent },
      { name: "quick-fixes", show: listFixes },
      { name: "lint", show: markLockedTable },
      { name: "graph", show: showGraph },
      { name: "rename-question", show: askAboutRename },
      { name: "autogenerate", show: previewGenerated },
      { name: "drift", show: listDrift },
      { name: "database-drift", show: showDatabaseDrift },
      { name: "caught-operation", show: markCaughtOperation },
    ],
  },
  {
    name: "team",
    prepare: makeTeamWork,
    scenes: [
      { name: "branches", show: showBranches },
      { name: "graph-missing", show: showGhost },
      { name: "menu", show: openMenu },
      { name: "sql-diff", show: compareSql },
      { name: "tests", show: failRoundTrip },
      { name: "walkthrough", show: openWalkthrough },
      { name: "environments", show: listEnvironments },
      { name: "production", show: askForProduction },
      { name: "status-bar", show: hoverStatusBar },
    ],
  },
  lintSession,
  headsSession,
  squashSession,
];

/** Two people's branches, one of them merged; a revision without a way back, and one that forgets a part of it. */
function makeTeamWork({ workspace, runCommandLine }) {
  const revision = (...args) => runCommandLine("revision", ...args);
  runCommandLine("upgrade", current);
  revision("-m", "Add course ratings", "--rev-id", "stu901", "--head", "jkl012", "--splice");
  revision("-m", "Index course ratings by course", "--rev-id", "vwx234", "--head", "stu901");
  runCommandLine("merge", "-m", "Merge course ratings", "--rev-id", "yza567", "pqr678", "vwx234");
  revision("-m", "Let users follow each other", "--rev-id", "bcd890", "--head", "mno345", "--splice");
  writeBodies(workspace, "stu901", {
    upgrade: `  await op.createTable("course_rating", { columns: { course: { type: "integer" }, stars: { type: "integer" } } });
  await op.createIndex("ix_users_email_lower", "users", ["email"]);`,
    downgrade: `  await op.dropTable("course_rating");`,
  });
  writeBodies(workspace, "vwx234", {
    upgrade: `  await op.createIndex("ix_course_rating_course", "course_rating", ["course"]);`,
    downgrade: `  await op.dropIndex("ix_course_rating_course", "course_rating");`,
  });
  writeBodies(workspace, "bcd890", {
    upgrade: `  await op.createTable("follow", { columns: { follower: { type: "integer" }, followed: { type: "integer" } } });`,
    downgrade: "",
  });
}

function fileOf(workspace, revision) {
  const folder = path.join(workspace, "database", "migrations", "versions");
  return path.join(
    folder,
    readdirSync(folder).find((name) => name.includes(`-${revision}_`)),
  );
}

function writeBodies(workspace, revision, bodies) {
  const file = fileOf(workspace, revision);
  let text = readFileSync(file, "utf8");
  for (const [name, body] of Object.entries(bodies)) {
    const empty = `${name}({ op }: Migration): Promise<void> {}`;
    text = text.replace(empty, body === "" ? empty : `${empty.slice(0, -1)}\n${body}\n}`);
  }
  writeFileSync(file, text);
}

async function showRevisions({ page, runCommand }) {
  await page.locator(".statusbar-item").filter({ hasText: "Alembic" }).waitFor();
  await page.locator('.activitybar [aria-label="Alembic"]').first().click();
  await widenSideBar(page, 100);
  await runCommand("Alembic: Check Status");
  await rowOf(page, "current").waitFor({ timeout: 60_000 });
  await rowOf(page, "def456").click();
  await lensOf(page, "Downgrade to before this").waitFor();
  // A line whose colouring takes too long, as the first may where much else begins, is coloured by half and stays so.
  await runCommand("Developer: Force Retokenize");
  // TypeScript's own progress, which may have ended already.
  await page.waitForTimeout(1500);
  await page.locator(".statusbar-item").filter({ hasText: "Initializing" }).waitFor({ state: "hidden" });
  await runCommand("Notifications: Clear All Notifications");
  await page.mouse.move(900, 700);
}

async function hoverParent({ page }) {
  await page.locator(".view-line").filter({ hasText: "down_revision" }).getByText('"abc123"').first().hover();
  await page.locator(".monaco-hover:not(.hidden) .hover-contents").first().waitFor();
}

async function askForDowngrade({ page }) {
  await lensOf(page, "Downgrade to before this").click();
  await page.locator(".monaco-dialog-box").waitFor();
}

async function previewSql({ page, runCommand }) {
  await page.keyboard.press("Escape");
  await runCommand("View: Toggle Primary Side Bar Visibility");
  await lensOf(page, "Preview SQL").click();
  await page.locator(".view-line").filter({ hasText: "ALTER TABLE" }).first().waitFor({ timeout: 30_000 });
  await page.mouse.move(900, 700);
}

async function mistypeParent({ page, runCommand }) {
  await runCommand("View: Close All Editor Groups");
  await runCommand("View: Toggle Primary Side Bar Visibility");
  await rowOf(page, "ghi789").click();
  const line = page.locator(".view-line").filter({ hasText: "down_revision" }).first();
  await line.getByText('"def456"').first().dblclick();
  await page.keyboard.type("def465");
  await runCommand("Problems: Focus on Problems View");
  await page.locator('.panel input[placeholder^="Filter"]').fill("def465");
  await page.locator(".markers-panel .monaco-list-row").nth(1).waitFor();
  await page.mouse.move(900, 400);
}

async function listFixes({ page, runCommand }) {
  await page.keyboard.press("Control+J");
  await runCommand("View: Focus Active Editor Group");
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row").first().waitFor();
}

/** The graph of two branches that are merged again, which two more people might have made. */
async function showGraph({ page, runCommand, runCommandLine }) {
  await page.keyboard.press("Escape");
  await runCommand("File: Revert File");
  await runCommand("View: Close All Editor Groups");
  const revision = (...args) => runCommandLine("revision", ...args);
  revision("-m", "Add course ratings", "--rev-id", "stu901", "--head", "jkl012", "--splice");
  revision("-m", "Index course ratings by course", "--rev-id", "vwx234", "--head", "stu901");
  runCommandLine("merge", "-m", "Merge course ratings", "--rev-id", "yza567", "pqr678", "vwx234");
  await rowOf(page, "Merge course ratings").waitFor();
  await runCommand("View: Toggle Primary Side Bar Visibility");
  await runCommand("Alembic: Show Graph");
  const graph = page.frameLocator("iframe.webview").frameLocator("iframe");
  await graph.getByText("Merge course ratings").first().waitFor();
  await page.mouse.move(900, 700);
}

/** An entity is edited: a column gets another name, one comes, and one goes. */
async function askAboutRename({ page, runCommand, workspace }) {
  await runCommand("View: Close All Editor Groups");
  await runCommand("Alembic: Upgrade to Head");
  await page.locator(".statusbar-item").filter({ hasText: "up to date" }).waitFor({ timeout: 60_000 });
  const entity = path.join(workspace, "src", "entities", "User.ts");
  const changes = [
    ['name: "full_name"', 'name: "display_name"'],
    [
      /(?= {2}\/\*\* "active")/,
      '  @Column("varchar", { length: 20, nullable: true })\n  phone!: string | null;\n\n',
    ],
    [/ {2}@Column\("timestamptz", \{ name: "email_verified_at"[^]*?\n\n/, ""],
  ];
  const text = readFileSync(entity, "utf8");
  writeFileSync(
    entity,
    changes.reduce((changed, [from, to]) => changed.replace(from, to), text),
  );
  const input = page.locator(".quick-input-widget input");
  await page.keyboard.press("Control+P");
  await input.fill("User.ts");
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "User.ts" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".view-line").filter({ hasText: "display_name" }).first().waitFor();
  await runCommand("Alembic: Autogenerate Revision");
  await questionOf(page, "Autogenerate Revision").waitFor();
  await input.fill("Add phone, rename full_name");
  await page.keyboard.press("Enter");
  await questionOf(page, "renamed").waitFor({ timeout: 60_000 });
}

async function previewGenerated({ page, runCommand }) {
  await page.keyboard.press("Enter");
  await lensOf(page, "Discard").waitFor({ timeout: 30_000 });
  await runCommand("Developer: Force Retokenize");
  await page.locator(".statusbar-item").filter({ hasText: "Analyzing" }).waitFor({ state: "hidden" });
  await page.mouse.move(900, 700);
}

async function listDrift({ page, runCommand }) {
  await lensOf(page, "Discard").click();
  await lensOf(page, "Discard").waitFor({ state: "hidden" });
  await page.waitForTimeout(500);
  await runCommand("Alembic: Check for Drift");
  await lensOf(page, "Check Again").waitFor({ timeout: 60_000 });
  await page.mouse.move(900, 700);
}

/** What the revisions make and the database has, after somebody has changed a revision that is applied. */
async function showDatabaseDrift({ page, runCommand, workspace }) {
  await runCommand("View: Close All Editor Groups");
  const file = fileOf(workspace, current);
  const text = readFileSync(file, "utf8");
  const [before, after] = [
    "upgrade({ op }: Migration): Promise<void> {\n",
    '  await op.addColumn("users", "phone", { type: "text" });\n',
  ];
  writeFileSync(file, text.replace(before, `${before}${after}`));
  await runCommand("Alembic: Show Drift of Database");
  await page.locator(".view-line").filter({ hasText: "phone" }).first().waitFor({ timeout: 60_000 });
  writeFileSync(file, text);
  await page.waitForTimeout(1_000);
  await page.mouse.move(900, 700);
}

/** A catch around an operation, and what mends it. */
async function markCaughtOperation({ page, runCommand, workspace }) {
  await runCommand("Notifications: Clear All Notifications");
  await runCommand("View: Close All Editor Groups");
  const file = fileOf(workspace, "ghi789");
  const text = readFileSync(file, "utf8");
  const caught = text.replace(
    /( {2}await op\.createIndex\([^]*?\);\n)/,
    (call) =>
      `  try {\n  ${call.replaceAll(/\n(?=.)/g, "\n  ")}  } catch {\n    // It is there already.\n  }\n`,
  );
  writeFileSync(file, caught);
  await runCommand("Alembic: Focus on Revisions View");
  // With the problems come rows above that move the others.
  await rowOf(page, "ghi789 was edited").waitFor({ timeout: 30_000 });
  await rowOf(page, "Add composite index for user queries").click();
  const marked = page.locator(".view-line").filter({ hasText: "} catch {" }).first();
  await page.locator(".editor-instance .squiggly-warning").first().waitFor({ timeout: 30_000 });
  await marked.getByText("catch").first().click();
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row").filter({ hasText: "op.try" }).first().waitFor();
  await page.mouse.move(900, 700);
}

/** A pending revision that blocks writes while it builds an index. */
async function markLockedTable({ page, runCommand }) {
  await page.keyboard.press("Escape");
  await runCommand("File: Revert File");
  await runCommand("View: Close All Editor Groups");
  await runCommand("Alembic: Focus on Revisions View");
  await rowOf(page, "Add full-text search to content").click();
  const built = page.locator(".view-line").filter({ hasText: "op.createIndex" }).first();
  await page.locator(".editor-instance .squiggly-warning").first().waitFor({ timeout: 30_000 });
  await built.getByText("createIndex").first().click();
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row").filter({ hasText: "CONCURRENTLY" }).first().waitFor();
  await page.mouse.move(900, 700);
}

async function showBranches({ page, runCommand }) {
  await page.locator(".statusbar-item").filter({ hasText: "Alembic" }).waitFor();
  await page.locator('.activitybar [aria-label^="Alembic"]').first().click();
  await runCommand("Alembic: Check Status");
  await rowOf(page, "current").waitFor({ timeout: 60_000 });
  await rowOf(page, "Let users follow").click();
  await lensOf(page, "Upgrade to here").waitFor();
  await quiet({ page, runCommand });
}

/** A parent that no file has. */
async function showGhost({ page, runCommand, workspace }) {
  const file = fileOf(workspace, "vwx234");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replaceAll("stu901", "stu910"));
  await rowOf(page, "Problems").waitFor({ timeout: 30_000 });
  await runCommand("View: Close All Editor Groups");
  await runCommand("Alembic: Show Graph");
  const graph = page.frameLocator("iframe.webview").frameLocator("iframe");
  await graph.getByText("stu910").first().waitFor();
  await page.waitForTimeout(1000);
  await page.mouse.move(900, 700);
  setTimeout(() => writeFileSync(file, text), 4000);
}

async function listEnvironments({ page, runCommand, workspace }) {
  await runCommand("View: Close All Editor Groups");
  const config = path.join(workspace, "alembic.config.ts");
  const environments = `  environments: {
    staging: { url: "postgresql://localhost:5432/platform_staging", color: "yellow" },
    live: { url: "postgresql://db.example.org:5432/platform", production: true, color: "red" },
  },
});`;
  writeFileSync(config, readFileSync(config, "utf8").replace("});", environments));
  await runCommand("Alembic: Focus on Revisions View");
  await rowOf(page, "jkl012").click();
  await lensOf(page, "Downgrade to before this").waitFor();
  await page.waitForTimeout(2000);
  await runCommand("Alembic: Select Environment…");
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "staging" }).first().waitFor();
}

async function askForProduction({ page, runCommand }) {
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "live" }).first().click();
  await page.locator(".statusbar-item").filter({ hasText: "live" }).waitFor();
  await runCommand("Alembic: Upgrade to Head");
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "All heads" }).first().click();
  await questionOf(page, "Production").waitFor();
}

async function hoverStatusBar({ page }) {
  await page.keyboard.press("Escape");
  await page.locator(".statusbar-item").filter({ hasText: "live" }).first().hover();
  await page.locator(".monaco-hover:not(.hidden) .hover-contents").first().waitFor();
}

async function openMenu({ page, runCommand }) {
  await rowOf(page, "Problems").waitFor({ state: "hidden", timeout: 30_000 });
  await runCommand("View: Close All Editor Groups");
  await rowOf(page, "jkl012").click();
  await lensOf(page, "Downgrade to before this").waitFor();
  await runCommand("Alembic: Show Menu…");
  await page
    .locator(".quick-input-list .monaco-list-row")
    .filter({ hasText: "Select Environment" })
    .first()
    .waitFor();
}

async function compareSql({ page, runCommand }) {
  await page.keyboard.press("Escape");
  await runCommand("View: Close All Editor Groups");
  await rowOf(page, "Index course ratings").click({ button: "right" });
  // The editor takes a click that follows too soon for the end of the one that opened the menu.
  await page.waitForTimeout(500);
  await page.locator(".context-view .action-item").filter({ hasText: "Compare SQL" }).first().click();
  await questionOf(page, "Compare SQL").waitFor();
  await page.keyboard.type("ghi789");
  await page.keyboard.press("Enter");
  await page
    .locator(".diff-editor .view-line, .monaco-diff-editor .view-line")
    .first()
    .waitFor({ timeout: 30_000 });
  await page.locator(".view-line").filter({ hasText: "CREATE INDEX" }).first().waitFor({ timeout: 30_000 });
  await page.mouse.move(900, 700);
}

/** A downgrade that leaves an index behind, found by its round trip. */
async function failRoundTrip({ page, runCommand }) {
  await runCommand("View: Close All Editor Groups");
  await rowOf(page, "Add course ratings").click();
  await lensOf(page, "Upgrade to here").waitFor();
  await runCommand("Testing: Focus on Test Explorer View");
  await rowOf(page, "educational-platform").waitFor();
  await rowOf(page, "educational-platform").click();
  await page.keyboard.press("ArrowRight");
  await rowOf(page, "Add course ratings").waitFor();
  await rowOf(page, "educational-platform").hover();
  await page.locator('.sidebar .monaco-list-row [aria-label^="Run Test"]').first().click();
  await rowOf(page, "Let users follow")
    .locator('[class*="testing-failed-icon"]')
    .first()
    .waitFor({ timeout: 180_000 });
  await page.locator(".sidebar .monaco-list-row .testing-queued-icon").first().waitFor({ state: "hidden" });
  await page
    .locator('.sidebar .action-label[aria-label^="Cancel Test Run"]')
    .first()
    .waitFor({ state: "hidden" });
  await page.locator(".panel .monaco-list-row").filter({ hasText: "Add course ratings" }).first().click();
  await page.locator(".panel .monaco-diff-editor").first().waitFor({ timeout: 60_000 });
  await page.mouse.move(650, 784);
}

async function openWalkthrough({ page, runCommand }) {
  await page.keyboard.press("Escape");
  await runCommand("View: Close All Editor Groups");
  await runCommand("View: Hide Panel");
  await runCommand("View: Toggle Primary Side Bar Visibility");
  await runCommand("Welcome: Open Walkthrough...");
  await page.locator(".quick-input-widget input:focus").first().waitFor();
  await page.keyboard.type("Alembic");
  await page.keyboard.press("Enter");
  // Steps that are done are ticked once the editor has read them.
  await page.locator(".getting-started-step .codicon-getting-started-step-checked").nth(2).waitFor();
  await page.mouse.move(650, 784);
}
