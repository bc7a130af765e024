import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import type { Inspection } from "../../src/extension/testing/inspection";
import { startExtension, workspaceFile } from "./editor";

/** A tenth of a second is what people notice. It is worked in less on a machine that gets as much done as theirs. */
const longestWorkMilliseconds = 100;
/** What the yardstick takes there. */
const yardstickMilliseconds = 20;
/**
 * A turn that waits for a pipe or a device never ends; one that waits for a busy machine does, some time. HOSTILE_TURN=100
 * on a quiet one.
 */
const longestTurnMilliseconds = Number(process.env["HOSTILE_TURN"] ?? 30_000);
const mostMegabytes = 200;

interface Turns {
  /** Of the clock. */
  readonly longestTurn: number;
  /** For which this thread had a processor, less what had piled up before; 0 where the system does not say. */
  readonly longestWork: number;
}

interface Measured extends Turns {
  readonly megabytes: number;
}

/** In milliseconds, since its beginning. */
interface ThreadTime {
  /** How long this thread has had a processor: other programs take none of that. */
  readonly worked: number;
  /** How long it has waited for one. */
  readonly waited: number;
}

function threadTime(): ThreadTime {
  try {
    const text = readFileSync(`/proc/self/task/${String(process.pid)}/schedstat`, "utf8");
    const [worked, waited] = text.split(" ");
    return { worked: Number(worked) / 1e6, waited: Number(waited) / 1e6 };
  } catch {
    return { worked: 0, waited: 0 };
  }
}

/**
 * Takes a turn as often as it gets one, to see how long the others take. What comes while this thread waits for a processor
 * is done in one turn, or the next: at most for as long as it had to wait.
 */
function watchTurns(): { readonly end: () => Turns } {
  let [longestTurn, longestWork] = [0, 0];
  let isOver = false;
  let waitedBefore = 0;
  let [began, before] = [performance.now(), threadTime()];
  const look = (): void => {
    const [now, thread] = [performance.now(), threadTime()];
    const waited = thread.waited - before.waited;
    longestTurn = Math.max(longestTurn, now - began);
    longestWork = Math.max(longestWork, thread.worked - before.worked - waited - waitedBefore);
    [began, before, waitedBefore] = [now, thread, waited];
    if (!isOver) {
      setTimeout(look, 1);
    }
  };
  look();
  return {
    end: () => {
      isOver = true;
      look();
      return { longestTurn, longestWork };
    },
  };
}

/** How many times as long as on a machine of today anything takes on this one now, at least 1. */
function slowness(): number {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({
    name: `row_${String(index)}`,
    list: [index],
  }));
  const taken = Array.from({ length: 8 }, () => {
    const before = threadTime().worked;
    JSON.parse(JSON.stringify(rows));
    return threadTime().worked - before;
  });
  return Math.max(1, Math.min(...taken) / yardstickMilliseconds);
}

async function measured(work: () => Promise<void>): Promise<Measured> {
  const before = process.memoryUsage().rss;
  const turns = watchTurns();
  await work();
  return {
    ...turns.end(),
    megabytes: (process.memoryUsage().rss - before) / 1e6,
  };
}

function revision(id: string, parent: string | undefined): string {
  return `export const revision = "${id}";\nexport const down_revision = ${parent === undefined ? "null" : `"${parent}"`};\n`;
}

/** Fills the folder with all that must not hold up the editor. Gives what is to be closed. */
function fill(folder: string, files: number, megabytes: number): Server | undefined {
  const versions = join(folder, "database/versions");
  mkdirSync(versions, { recursive: true });
  writeFileSync(join(versions, "aa_first.ts"), revision("aa", undefined));
  for (let index = 0; index < files; index += 1) {
    const id = `b${String(index).padStart(6, "0")}`;
    writeFileSync(join(versions, `${id}_next.ts`), revision(id, "aa"));
  }
  writeFileSync(
    join(versions, "c0_brackets.ts"),
    `${revision("c0", "aa")}const x = ${"[".repeat(1_000_000)}`,
  );
  writeFileSync(join(versions, "c1_comments.ts"), `${"/*".repeat(500_000)}\n${revision("c1", "aa")}`);
  for (const name of ["d0_huge.ts", "d1_huge.py"]) {
    writeFileSync(join(versions, name), revision("d0", "aa"));
    truncateSync(join(versions, name), megabytes * 1_000_000);
  }
  let server: Server | undefined;
  if (process.platform !== "win32") {
    symlinkSync("/dev/zero", join(versions, "e0_zero.ts"));
    symlinkSync("/dev/zero", join(folder, "pyproject.toml"));
    symlinkSync(versions, join(versions, "e1_itself"));
    execFileSync("mkfifo", [join(versions, "e2_pipe.ts")]);
    server = createServer().listen(join(versions, "e3.ts"));
  }
  // Last: with it the folder is a project.
  writeFileSync(
    join(folder, "alembic.ini"),
    `[alembic]\nscript_location = database\nversion_locations = database/versions\nkey${" ".repeat(100_000)}x\n`,
  );
  return server;
}

/** The editor stays quick in an untrusted folder that is made to hold it up. */
export function describeHostileWorkspace(files: number, megabytes: number): void {
  describe(`an untrusted folder of ${String(files)} files, devices, pipes and ${String(megabytes)} MB`, () => {
    let server: Server | undefined;
    let inspection: Inspection;
    let taken: Measured;
    let slow = 1;

    before(async function () {
      this.timeout(600_000);
      server = fill(workspaceFile("").fsPath, files, megabytes);
      // What filling the folder took is not counted.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const slownessBefore = slowness();
      taken = await measured(async () => {
        inspection = await startExtension();
        // What follows the reading is drawn, and what was listed is compared once more.
        await new Promise((resolve) => setTimeout(resolve, 6000));
      });
      slow = Math.max(slownessBefore, slowness());
    });
    after(() => server?.close());

    it("shows its revisions", () => {
      assert.ok(inspection.treeRows().length > 0);
    });

    it("leaves the host to others all along", () => {
      const { longestTurn, longestWork } = taken;
      assert.ok(
        longestWork < longestWorkMilliseconds * slow && longestTurn < longestTurnMilliseconds,
        `the longest turn took ${longestTurn.toFixed(0)} ms, and one worked for ${longestWork.toFixed(0)} ms on a machine that takes ${slow.toFixed(1)} times as long`,
      );
    });

    it("takes little memory", () => {
      assert.ok(taken.megabytes < mostMegabytes, `${taken.megabytes.toFixed(0)} MB more than before`);
    });
  });
}
