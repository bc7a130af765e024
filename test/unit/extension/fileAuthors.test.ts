import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileAuthors } from "../../../src/extension/git/fileAuthors";

describe("who added the files of a folder", () => {
  let root: string;
  let versions: string;
  const commit = (author: string, date: string, files: readonly string[], text = "x"): void => {
    files.forEach((file) => writeFileSync(join(root, file), text));
    const identity = ["-c", `user.name=${author}`, "-c", "user.email=someone@example.org"];
    execFileSync("git", ["add", "--all"], { cwd: root });
    execFileSync("git", [...identity, "commit", "-q", "-m", "work", "--date", date], { cwd: root });
  };
  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-authors-")));
    versions = join(root, "database", "Revisionen ä");
    mkdirSync(join(versions, "below"), { recursive: true });
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it("is nobody where Git has no repository", async () => {
    assert.deepEqual(await fileAuthors(versions), new Map());
  });

  it("is the author of the commit that added each, whoever edited it later", async () => {
    execFileSync("git", ["init", "-q"], { cwd: root });
    const first = "database/Revisionen ä/1 $(id) “ä”.ts";
    commit("Ann Other", "2025-01-02T03:04:05+02:00", [first, "elsewhere.ts"]);
    commit("Bob", "2025-02-03T00:00:00+00:00", ["database/Revisionen ä/below/2.ts"]);
    commit("Bob", "2025-03-04T00:00:00+00:00", [first], "changed");
    assert.deepEqual(
      await fileAuthors(versions),
      new Map([
        [join(versions, "below", "2.ts"), { name: "Bob", date: "2025-02-03T00:00:00+00:00" }],
        [join(root, first), { name: "Ann Other", date: "2025-01-02T03:04:05+02:00" }],
      ]),
    );
  });
});
