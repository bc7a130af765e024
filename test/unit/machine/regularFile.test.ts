import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findConfig } from "../../../src/project/findConfig";
import { loadConfig } from "../../../src/project/loadConfig";
import { readListedFile, readRegularFile, UnfitFile } from "../../../src/machine/regularFile";
import { readScriptDirectory } from "../../../src/project/scriptDirectory";
import { readVariables } from "../../../src/project/variables";
import { withProject } from "../project/temporaryProject";

describe("what is no regular file", function () {
  before(function () {
    if (process.platform === "win32") {
      this.skip();
    }
  });

  /** Makes what reading would never end, or never begin with. */
  const unfit: Readonly<Record<string, readonly [RegExp, (path: string) => void]>> = {
    "a device": [/a device, not a file/, (path) => symlinkSync("/dev/zero", path)],
    "a named pipe": [/a named pipe, not a file/, (path) => execFileSync("mkfifo", [path])],
    "a file of a gigabyte": [/1000\.0 MB; at most/, (path) => makeLarge(path)],
  };

  function makeLarge(path: string): void {
    execFileSync("touch", [path]);
    truncateSync(path, 1_000_000_000);
  }

  for (const [name, [message, make]] of Object.entries(unfit)) {
    it(`${name} is not read, and its place is told`, async () => {
      await withProject({ "m/env.py": "" }, async (directory) => {
        const path = join(directory, "m/versions/a.ts");
        mkdirSync(join(directory, "m/versions"));
        make(path);
        assert.throws(
          () => readRegularFile(path, 1_000_000),
          (error: unknown) => error instanceof UnfitFile && message.test(error.message),
        );
        const locations = {
          scriptLocation: join(directory, "m"),
          versionLocations: [join(directory, "m/versions")],
          hasExplicitVersionLocations: false,
          recursiveVersionLocations: false,
        };
        await assert.rejects(readScriptDirectory(locations), (error: unknown) => {
          assert.ok(error instanceof Error);
          assert.ok(error.message.includes(path));
          assert.match(error.message, message);
          return true;
        });
      });
    });

    it(`${name} is no configuration and no .env`, async () => {
      await withProject({}, async (directory) => {
        for (const file of ["alembic.ini", ".env", "pyproject.toml"]) {
          make(join(directory, file));
        }
        await findConfig(directory);
        assert.deepEqual(readVariables(directory, { A: "1" }), { A: "1" });
        await assert.rejects(
          loadConfig(join(directory, "alembic.ini"), () => Promise.resolve({})),
          message,
        );
      });
    });
  }

  for (const [name, [message, make]] of Object.entries(unfit)) {
    it(`${name} that takes the place of a listed file is left at the first page`, async () => {
      await withProject({}, (directory) => {
        const path = join(directory, "a.ts");
        make(path);
        if (name === "a named pipe") {
          // Without waiting for whoever writes.
          assert.equal(readListedFile(path, 1_000_000), "");
          return;
        }
        assert.throws(
          () => readListedFile(path, 1_000_000),
          (error: unknown) => error instanceof UnfitFile && message.test(error.message),
        );
      });
    });
  }

  it("is a folder of a revision's name, which holds none", () =>
    withProject({ "a.ts/b.txt": "" }, (directory) => {
      assert.equal(readRegularFile(join(directory, "a.ts"), 10), undefined);
    }));
});

describe("a listed file", () => {
  for (const length of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
    it(`of ${length} bytes is read whole`, () =>
      withProject({}, (directory) => {
        const path = join(directory, "a.ts");
        const text = "äb".repeat(length).slice(0, Math.floor(length / 3) * 2) + "c".repeat(length % 3);
        writeFileSync(path, text);
        assert.equal(readListedFile(path, 300_000), text);
        assert.equal(readRegularFile(path, 300_000), text);
      }));
  }

  it("of more than the bound is refused, though a page would hold it", () =>
    withProject({ "a.ts": "12345678901" }, (directory) => {
      const path = join(directory, "a.ts");
      assert.throws(() => readListedFile(path, 10), UnfitFile);
      assert.equal(readListedFile(path, 11), "12345678901");
    }));
});
