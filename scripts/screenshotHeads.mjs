// Two heads are checked, and merged or rebased.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { quiet, rowOf, widenSideBar } from "./screenshotPage.mjs";

/** Two branches that fit together are merged by one click; then two that do not, of which one is new. */
export const headsSession = {
  name: "heads",
  prepare: makeHeads,
  scenes: [
    { name: "heads-fit", show: checkHeads },
    { name: "heads-merged", show: mergeHeads },
    { name: "heads-conflict", show: checkConflict },
    { name: "heads-rebase", show: askToRebase },
    { name: "heads-rebased", show: rebase },
  ],
};

function git(workspace, ...args) {
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
  const result = spawnSync("git", [...identity, ...args], { cwd: workspace, encoding: "utf8" });
  if (result.status !== 0) {
    throw new Error(`git ${args.join(" ")} failed:\n${result.stderr}`);
  }
}

/** The main branch has `stu901`; `bcd890` is new. */
function makeHeads({ workspace, runCommandLine }) {
  runCommandLine("upgrade", "head");
  addRevision({ workspace, runCommandLine }, "Add course ratings", "stu901", "pqr678", {
    upgrade: `await op.createTable("course_rating", { columns: { course: { type: "integer" } } });`,
    downgrade: `await op.dropTable("course_rating");`,
  });
  writeFileSync(path.join(workspace, ".gitignore"), "node_modules\n.alembic\n.vscode\n");
  git(workspace, "init", "--quiet", "--initial-branch", "main");
  git(workspace, "add", "--all");
  git(workspace, "commit", "--quiet", "--message", "Rate courses");
  git(workspace, "switch", "--quiet", "--create", "follow");
  addRevision({ workspace, runCommandLine }, "Let users follow each other", "bcd890", "pqr678", {
    upgrade: `await op.createTable("follow", { columns: { follower: { type: "integer" } } });`,
    downgrade: `await op.dropTable("follow");`,
  });
}

function addRevision({ workspace, runCommandLine }, message, id, head, bodies) {
  runCommandLine("revision", "-m", message, "--rev-id", id, "--head", head, "--splice");
  const folder = path.join(workspace, "database", "migrations", "versions");
  const name = readdirSync(folder).find((file) => file.includes(`-${id}_`));
  const file = path.join(folder, name);
  let text = readFileSync(file, "utf8");
  for (const [direction, body] of Object.entries(bodies)) {
    const empty = `${direction}({ op }: Migration): Promise<void> {}`;
    text = text.replace(empty, `${empty.slice(0, -1)}\n  ${body}\n}`);
  }
  writeFileSync(file, text);
}

async function checkHeads({ page, runCommand }) {
  await page.locator(".statusbar-item").filter({ hasText: "Alembic" }).waitFor();
  await page.locator('.activitybar [aria-label^="Alembic"]').first().click();
  await widenSideBar(page, 60);
  await rowOf(page, "Let users follow").click();
  await quiet({ page, runCommand });
  await runCommand("Alembic: Check Whether the Heads Fit Together");
  await mergeButton(page).waitFor({ timeout: 60_000 });
  await page.mouse.move(900, 400);
}

function mergeButton(page) {
  return page.locator(".notifications-toasts .monaco-button").filter({ hasText: "Merge" }).first();
}

async function mergeHeads({ page, runCommand }) {
  await mergeButton(page).click();
  await rowOf(page, "merge ").waitFor({ timeout: 60_000 });
  await page.locator(".view-line").filter({ hasText: "down_revision" }).first().waitFor();
  await quiet({ page, runCommand });
}

/** On the main branch the table of ratings gets a column; here it is dropped. */
async function checkConflict({ page, runCommand, workspace, runCommandLine }) {
  await runCommand("View: Close All Editor Groups");
  git(workspace, "add", "--all");
  git(workspace, "commit", "--quiet", "--message", "Follow users");
  git(workspace, "branch", "--force", "main");
  const folder = path.join(workspace, "database", "migrations", "versions");
  const merge = readdirSync(folder).find((file) => file.includes("_merge_"));
  const [, id] = /-([0-9a-f]+)_merge/.exec(merge);
  addRevision({ workspace, runCommandLine }, "Rate courses by stars", "efg123", id, {
    upgrade: `await op.addColumn("course_rating", "stars", { type: "integer" });`,
    downgrade: `await op.dropColumn("course_rating", "stars");`,
  });
  git(workspace, "add", "--all");
  git(workspace, "commit", "--quiet", "--message", "Rate courses by stars");
  git(workspace, "branch", "--force", "main");
  addRevision({ workspace, runCommandLine }, "Rate lessons, not courses", "hij456", id, {
    upgrade: `await op.renameTable("course_rating", "lesson_rating");`,
    downgrade: `await op.renameTable("lesson_rating", "course_rating");`,
  });
  await rowOf(page, "Rate lessons").click();
  await quiet({ page, runCommand });
  await runCommand("Alembic: Check Whether the Heads Fit Together");
  await page
    .locator(".monaco-dialog-box")
    .filter({ hasText: "do not fit together" })
    .waitFor({ timeout: 60_000 });
}

async function askToRebase({ page }) {
  await page.locator(".monaco-dialog-box .monaco-button").filter({ hasText: "Rebase" }).first().click();
  await page.locator(".monaco-dialog-box").filter({ hasText: "becomes the parent" }).waitFor();
}

async function rebase({ page, runCommand }) {
  await page.locator(".monaco-dialog-box .monaco-button").filter({ hasText: "Rebase" }).first().click();
  await page.locator(".view-line").filter({ hasText: '= "efg123"' }).first().waitFor();
  await quiet({ page, runCommand });
}
