import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findInGit } from "../../../src/extension/git/findInGit";

/** Names that Git prints with quotes and escapes unless it is told otherwise, in the order of their revisions. */
const names = [
  "1_Größe_ändern.ts",
  "2_“quoted”_名前.ts",
  ...(process.platform === "win32" ? [] : ['3_"a\\b\t.ts']),
];

const revisionOf = (place: number): string => `abc${String(place)}00`;

const text = (place: number): string =>
  `export const revision = "${revisionOf(place)}";\nexport const down_revision = null;\n`;

describe("a revision's file in Git", () => {
  let root: string;
  let versions: string;
  const git = (...words: readonly string[]): void => {
    const identity = [
      "-c",
      "user.name=Ann",
      "-c",
      "user.email=ann@example.org",
      "-c",
      "init.defaultBranch=main",
    ];
    execFileSync("git", [...identity, ...words], { cwd: root, stdio: "ignore" });
  };
  const commit = (): void => {
    git("add", "--all");
    git("commit", "-q", "-m", "work");
  };

  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-git-")));
    versions = join(root, "Migrationen ä", "versions");
    mkdirSync(versions, { recursive: true });
    git("init", "-q");
    writeFileSync(join(versions, "kept.ts"), "");
    commit();
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  for (const [place, name] of names.entries()) {
    it(`is found after it was deleted, with the name ${JSON.stringify(name)}`, async () => {
      writeFileSync(join(versions, name), text(place));
      commit();
      rmSync(join(versions, name));
      commit();
      assert.deepEqual(await findInGit(versions, revisionOf(place)), {
        name,
        text: text(place),
        branch: undefined,
      });
    });

    it(`is found on another branch, with the name ${JSON.stringify(name)}`, async () => {
      git("switch", "-q", "-c", `work-${String(place)}`);
      writeFileSync(join(versions, name), text(place + 10));
      commit();
      git("switch", "-q", "main");
      assert.deepEqual(await findInGit(versions, revisionOf(place + 10)), {
        name,
        text: text(place + 10),
        branch: `work-${String(place)}`,
      });
    });
  }

  it("is found behind a deleted file that only the other parent of a merge has", async () => {
    git("switch", "-q", "-c", "side");
    writeFileSync(join(versions, "side.ts"), text(20));
    commit();
    git("switch", "-q", "main");
    writeFileSync(join(versions, "old.ts"), text(30));
    commit();
    rmSync(join(versions, "old.ts"));
    commit();
    git("merge", "-q", "--no-commit", "--no-ff", "side");
    rmSync(join(versions, "side.ts"));
    commit();
    git("branch", "-q", "-D", "side");
    assert.deepEqual((await findInGit(versions, revisionOf(30)))?.name, "old.ts");
  });

  it("is nothing where no commit has it", async () => {
    assert.equal(await findInGit(versions, "fff000"), undefined);
  });
});
