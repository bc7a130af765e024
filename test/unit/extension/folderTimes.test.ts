import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderTimes } from "../../../src/extension/project/folderTimes";

describe("FolderTimes", () => {
  let folder = "";
  let changes = 0;
  let times: FolderTimes;
  let scheduled: (() => Promise<void>) | undefined;

  /** The look that is due, to its end. */
  async function look(): Promise<void> {
    const due = scheduled;
    scheduled = undefined;
    assert.ok(due !== undefined, "no look is due");
    await due();
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-times-"));
    changes = 0;
    times = new FolderTimes(
      () => [folder, join(folder, "versions")],
      () => (changes += 1),
      (next) => {
        scheduled = next;
        return setTimeout(() => undefined);
      },
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
      await look();
      assert.equal(changes, 0, "nothing has changed yet");
      change();
      await look();
      await look();
      assert.equal(changes, 1);
    });
  }

  it("tells of a folder that was never noted", async () => {
    await look();
    await look();
    assert.equal(changes, 1);
  });

  it("is silent about what was noted meanwhile, and when it is disposed", async () => {
    await times.note();
    writeFileSync(join(folder, "a.ts"), "");
    await times.note();
    await look();
    times.dispose();
    writeFileSync(join(folder, "b.ts"), "");
    await look();
    assert.equal(changes, 0);
    assert.equal(scheduled, undefined);
  });
});
