import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { staleBuildWarning } from "../../../src/typeorm/staleBuild";

const sources = { "app/src/data-source.ts": 2_000 };

/** The warning for a glob of the project in `app`; files by their times, in seconds. */
function warningFor(files: Readonly<Record<string, number>>, glob: string): string | undefined {
  const root = mkdtempSync(join(tmpdir(), "alembic-ts-"));
  try {
    for (const [name, time] of Object.entries({ ...sources, ...files })) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), "");
      utimesSync(join(root, name), time, time);
    }
    return staleBuildWarning([join(root, "app", glob)], join(root, "app"))?.replaceAll("\\", "/");
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe("entities of compiled files", () => {
  const cases: readonly (readonly [
    name: string,
    files: Readonly<Record<string, number>>,
    glob: string,
    folder?: string,
  ])[] = [
    ["older than the sources", { "app/dist/user.js": 1_000 }, "dist/**/*.js", "dist"],
    ["in a folder with an @", { "app/@built/user.js": 1_000 }, "@built/*.js", "@built"],
    ["newer than the sources", { "app/dist/user.js": 3_000 }, "dist/**/*.js"],
    ["of an installed package", { "app/node_modules/@acme/db/user.js": 1_000 }, "node_modules/@acme/db/*.js"],
    [
      "of an installed package's build",
      { "app/node_modules/db/dist/user.js": 1_000 },
      "node_modules/db/dist/*.js",
    ],
    ["of another package of the workspace", { "db/dist/user.js": 1_000 }, "../db/dist/*.js"],
  ];
  for (const [name, files, glob, folder] of cases) {
    it(`${folder === undefined ? "need no warning" : "are warned of"}: ${name}`, () => {
      assert.equal(
        warningFor(files, glob),
        folder === undefined
          ? undefined
          : `The entities are read from ${folder}, which is older than src/data-source.ts: build the project first, or name the sources in the DataSource.`,
      );
    });
  }
});
