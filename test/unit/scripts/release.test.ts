import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "prettier";
import { runProgram } from "../../support/commandLine";
import { gitIn } from "../../support/git";
import { createProjectFolder, type ProjectFolder } from "../../support/projectFolder";

const repository = join(__dirname, "../../..");

const changelog =
  "# Changelog\n\nAll notable changes.\n\n## 0.1.0 (2026-11-30)\n\n### Added\n\n- The first one.\n";

function changeset(type: string, summary: string): string {
  return `---\n"alembic-ts": ${type}\n---\n\n${summary}\n`;
}

/** A file of this repository, as the released version has it. */
function ofRepository(file: string): Readonly<Record<string, string>> {
  return { [file]: readFileSync(join(repository, file), "utf8") };
}

describe("the script of a release", function () {
  this.timeout(120_000);
  let folder: ProjectFolder;
  let git: ReturnType<typeof gitIn>;
  const read = (file: string): string => readFileSync(join(folder.path, file), "utf8");
  const release = (action: string) =>
    runProgram(process.execPath, [join(repository, "scripts/release.mjs"), action], { cwd: folder.path });

  /** A repository with its released version, and a branch with more files. */
  function begin(files: Readonly<Record<string, string>>): void {
    folder = createProjectFolder({
      ...ofRepository("package.json"),
      ...ofRepository("package-lock.json"),
      ...ofRepository("README.md"),
      ...ofRepository("docs/start/extension.md"),
      ...ofRepository("skills/alembic-ts/SKILL.md"),
      ...ofRepository("examples/nestjs/package.json"),
      ...ofRepository(".changeset/config.json"),
      ...ofRepository(".changeset/README.md"),
      "CHANGELOG.md": changelog,
      "src/here.ts": "export const here = 1;\n",
    });
    git = gitIn(folder.path);
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-q", "-m", "Release");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    git("switch", "-q", "-c", "branch");
    folder.write(files);
    git("add", ".");
    git("commit", "-q", "--allow-empty", "-m", "Change");
  }
  afterEach(() => folder.remove());

  it("writes the next version wherever it is named, and the changelog as we keep it", async () => {
    begin({
      ".changeset/tall-hats-sing.md": changeset("minor", "Added: A command.\nIts second line."),
      ".changeset/blue-cats-run.md": changeset("patch", "Fixed: A fault."),
    });
    assert.deepEqual(await release("version").then(({ exitCode, stderr }) => ({ exitCode, stderr })), {
      exitCode: 0,
      stderr: "",
    });
    const today = new Date().toISOString().slice(0, 10);
    assert.equal(
      read("CHANGELOG.md"),
      changelog.replace(
        "## 0.1.0",
        `## 0.2.0 (${today})\n\n### Added\n\n- A command.\n  Its second line.\n\n### Fixed\n\n- A fault.\n\n## 0.1.0`,
      ),
    );
    assert.deepEqual(git("status", "--porcelain").trimEnd().split("\n"), [
      " D .changeset/blue-cats-run.md",
      " D .changeset/tall-hats-sing.md",
      " M CHANGELOG.md",
      " M README.md",
      " M docs/start/extension.md",
      " M examples/nestjs/package.json",
      " M package-lock.json",
      " M package.json",
      " M skills/alembic-ts/SKILL.md",
    ]);
    // Every other line stays as it was, so that what is formatted and locked stays so.
    assert.equal(
      git("diff", "-U0", "--", ".", ":!CHANGELOG.md", ":!.changeset").match(/^\+[^+]/gm)?.length,
      git("diff", "-U0", "--", ".", ":!CHANGELOG.md", ":!.changeset").match(/^\+.*0\.2\.0/gm)?.length,
    );
    assert.ok(await check(read("package.json"), { parser: "json-stringify" }));
    assert.equal(
      (await release("notes")).stdout,
      read("CHANGELOG.md")
        .split(/^## .*\n\n/m)[1]
        ?.trimEnd() + "\n",
    );
  });

  it("refuses changesets before the first release, whose section of the changelog has its changes", async () => {
    begin({
      ".changeset/a.md": changeset("patch", "Fixed: A fault."),
      "CHANGELOG.md": changelog.replace("2026-11-30", "unreleased"),
    });
    const { exitCode, stderr } = await release("version");
    assert.equal(exitCode, 1);
    assert.match(stderr, /0\.1\.0 is not released yet: write into its section of CHANGELOG\.md/);
    assert.equal(git("status", "--porcelain"), "");
  });

  it("refuses a change of the sources until a changeset says what users notice, or that they do not", async () => {
    begin({ "src/here.ts": "\n" });
    const missing = await release("check");
    assert.equal(missing.exitCode, 1);
    assert.match(missing.stdout + missing.stderr, /no changesets were found/);

    folder.write({ ".changeset/a.md": "---\n---\n" });
    git("add", ".");
    git("commit", "-q", "-m", "Say that nobody notices");
    const { exitCode, stdout, stderr } = await release("check");
    assert.equal(exitCode, 0, stdout + stderr);
  });
});
