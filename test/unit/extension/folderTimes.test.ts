import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { FolderTimes } from "../../../src/extension/project/folderTimes";

const interval = 10;
const severalIntervals = 100;

describe("FolderTimes", () => {
  let folder = "";
  let changes = 0;
  let times: FolderTimes;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-times-"));
    changes = 0;
    times = new FolderTimes(
      () => [folder, join(folder, "versions")],
      () => (changes += 1),
      interval,
    );
  });

  afterEach(() => {
    times.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const cases: readonly {
    readonly title: string;
    readonly before: () => void;
    readonly change: () => void;
  }[] = [
    {
      title: "a file is added",
      before: () => undefined,
      change: () => writeFileSync(join(folder, "a.ts"), ""),
    },
    {
      title: "a file is removed",
      before: () => writeFileSync(join(folder, "a.ts"), ""),
      change: () => rmSync(join(folder, "a.ts")),
    },
    {
      title: "a file is replaced by another of its name",
      before: () => writeFileSync(join(folder, "a.ts"), "old"),
      change: () => {
        rmSync(join(folder, "a.ts"));
        writeFileSync(join(folder, "a.ts"), "new");
      },
    },
    {
      title: "a folder that was not there is made",
      before: () => undefined,
      change: () => mkdirSync(join(folder, "versions")),
    },
    {
      title: "a folder goes",
      before: () => mkdirSync(join(folder, "versions")),
      change: () => rmSync(join(folder, "versions"), { recursive: true }),
    },
  ];
  for (const { title, before, change } of cases) {
    it(`tells once when ${title}`, async () => {
      before();
      await times.note();
      await wait(severalIntervals);
      assert.equal(changes, 0, "nothing has changed yet");
      change();
      await wait(severalIntervals);
      assert.equal(changes, 1);
    });
  }

  it("tells of a folder that was never noted", async () => {
    await wait(severalIntervals);
    assert.equal(changes, 1);
  });

  it("is silent about what was noted meanwhile, and when it is disposed", async () => {
    await times.note();
    writeFileSync(join(folder, "a.ts"), "");
    await times.note();
    await wait(severalIntervals);
    times.dispose();
    writeFileSync(join(folder, "b.ts"), "");
    await wait(severalIntervals);
    assert.equal(changes, 0);
  });
});
