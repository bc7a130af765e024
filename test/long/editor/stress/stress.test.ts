import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as vscode from "vscode";
import { eventually, startExtension } from "../../../extension/editor";
import type { Inspection } from "../../../../src/extension/testing/inspection";

const revisionCount = 3000;
const switches = Number(process.env["STRESS_SWITCHES"] ?? 10);
const settled = 60_000;
/**
 * What the editor itself keeps of each row that it was ever given, in bytes, until the view goes: `ExtHostTreeView`
 * registers a store of disposables for each, empties it with the row, and never lets go of it.
 */
const keptOfRow = 200;
/** The files that are half written or gone, and then those of the other branch. */
const refreshesOfSwitch = 2;

describe("3,000 revision files whose branch is switched again and again", function () {
  this.timeout(900_000);
  const workspace = process.env["SUITE_WORKSPACE"] ?? "";
  const versions = join(workspace, "migrations", "versions");
  const loggedBefore = new Map<string, number>();
  let inspection: Inspection;

  before(async () => {
    writeRepository(workspace, versions);
    for (const file of logFiles()) {
      loggedBefore.set(file, readFileSync(file).length);
    }
    inspection = await startExtension();
    await vscode.commands.executeCommand("alembic.revisions.focus");
    await showAllRows();
  });

  it("shows what the command line's history says, logs no error, and gives its memory back", async () => {
    await eventually(() => assert.ok(shownIds(inspection).length === revisionCount), settled);
    await switchTo("work");
    await switchTo("main");
    const kept = switches * refreshesOfSwitch * revisionCount * keptOfRow;
    await assertMemoryIsGivenBack("with the rows shown", kept);
    assert.ok(logFiles().length > 0, "no log was found");
    assert.deepEqual(loggedErrors(), []);
  });

  it("keeps nothing at all of what is gone while the rows are hidden", async () => {
    await vscode.commands.executeCommand("workbench.action.closeSidebar");
    await switchTo("work");
    await switchTo("main");
    await assertMemoryIsGivenBack("with the rows hidden", 0);
    assert.deepEqual(loggedErrors(), []);
  });

  async function assertMemoryIsGivenBack(what: string, keptByEditor: number): Promise<void> {
    const before = await heldMemory();
    for (let turn = 0; turn < switches; turn += 1) {
      await switchTo(turn % 2 === 0 ? "work" : "main");
      if (process.env["STRESS_TRACE"] === "1") {
        console.log(`heap after ${turn + 1}: ${inMegabytes(await heldMemory())}`);
      }
    }
    const after = await heldMemory();
    console.log(`heap ${what}: ${inMegabytes(before)} before, ${inMegabytes(after)} after`);
    assert.ok(
      after <= before * 1.05 + keptByEditor,
      `${what}, the heap grew from ${inMegabytes(before)} to ${inMegabytes(after)}`,
    );
  }

  /** Switches the branch while files are half written, and others deleted; git then puts them right. */
  async function switchTo(branch: string): Promise<void> {
    const files = readdirSync(versions).slice(-40);
    const halfWritten = files.filter((_, index) => index % 4 === 0);
    const deleted = files.filter((_, index) => index % 4 === 1);
    for (const file of halfWritten) {
      const text = readFileSync(join(versions, file), "utf8");
      writeFileSync(join(versions, file), text.slice(0, text.indexOf("down_revision") + 20));
    }
    deleted.forEach((file) => rmSync(join(versions, file)));
    await new Promise((resolve) => setTimeout(resolve, 400));
    git("checkout", "--quiet", "--force", branch);
    const expected = await historyIds(workspace);
    assert.equal(expected.length, revisionCount);
    // The words of a failed comparison of thousands take seconds, in which the extension could not work.
    const wanted = expected.join(" ");
    await eventually(
      () => assert.ok(shownIds(inspection).join(" ") === wanted, `not as ${branch} has it`),
      settled,
    );
  }

  function git(...args: readonly string[]): void {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "gc.auto=0"];
    execFileSync("git", [...identity, ...args], { cwd: workspace, stdio: "ignore" });
  }

  function writeRepository(folder: string, target: string): void {
    mkdirSync(target, { recursive: true });
    writeFileSync(join(folder, "alembic.config.json"), JSON.stringify({ scriptLocation: "migrations" }));
    const shared = revisionCount / 2;
    for (let number = 1; number <= shared; number += 1) {
      writeRevision(target, idOf("s", number), number === 1 ? null : idOf("s", number - 1));
    }
    git("init", "--quiet", "--initial-branch=main");
    git("add", "-A");
    git("commit", "--quiet", "-m", "shared");
    for (const branch of ["work", "main"]) {
      git("checkout", "--quiet", "-B", `${branch}-next`, "main");
      for (let number = 1; number <= shared; number += 1) {
        writeRevision(
          target,
          idOf(branch, number),
          number === 1 ? idOf("s", shared) : idOf(branch, number - 1),
        );
      }
      git("add", "-A");
      git("commit", "--quiet", "-m", branch);
    }
    git("branch", "work", "work-next");
    git("checkout", "--quiet", "-B", "main", "main-next");
  }

  async function showAllRows(): Promise<void> {
    for (let page = 0; page < revisionCount / 500; page += 1) {
      await vscode.commands.executeCommand("alembic.showOlder");
    }
  }

  function loggedErrors(): readonly string[] {
    return logFiles().flatMap((file) =>
      readFileSync(file)
        .subarray(loggedBefore.get(file) ?? 0)
        .toString("utf8")
        .split("\n")
        .filter((line) => line.includes("[error]") && (file.includes("Alembic") || /alembic/i.test(line))),
    );
  }
});

/** The logs of the extension host, the extension's channel and the window, in the folder that the suite's editor was given. */
function logFiles(): readonly string[] {
  const folder = join(dirname(process.env["SUITE_WORKSPACE"] ?? ""), "user-data");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(?:exthost|window|Alembic[^/]*)\.log$/.test(file))
    .map((file) => join(folder, file));
}

function shownIds(inspection: Inspection): readonly string[] {
  return inspection.treeRows().flatMap(({ revision }) => revision ?? []);
}

async function historyIds(workspace: string): Promise<readonly string[]> {
  const extension = vscode.extensions.getExtension("alembic-ts.alembic-ts");
  assert.ok(extension);
  const commandLine = join(extension.extensionPath, "dist", "cli.js");
  const { stdout } = await promisify(execFile)("node", [commandLine, "history"], { cwd: workspace });
  return stdout.split("\n").flatMap((line) => /-> (\S+?)(?: \(.*?\))*, /.exec(line)?.[1] ?? []);
}

/** What the heap holds after everything that nobody needs has been collected. */
async function heldMemory(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  // What timers and closed channels still hold is let go in between.
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

function idOf(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(5, "0")}`;
}

function writeRevision(folder: string, id: string, parent: string | null): void {
  const text = `/**
 * change ${id}
 *
 * Revision ID: ${id}
 * Revises: ${parent ?? ""}
 * Create Date: 2025-10-01 21:15:00
 */
import type { Migration } from "alembic-ts";

export const revision = "${id}";
export const down_revision: string | string[] | null = ${JSON.stringify(parent)};
export const branch_labels: string[] | null = null;
export const depends_on: string[] | null = null;

export async function upgrade({ op }: Migration): Promise<void> {
  await op.createTable("t_${id}", { columns: { id: { type: "integer" } } });
}

export async function downgrade({ op }: Migration): Promise<void> {
  await op.dropTable("t_${id}");
}
`;
  writeFileSync(join(folder, `${id}_change.ts`), text);
}
