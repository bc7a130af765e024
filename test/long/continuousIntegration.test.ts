import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { format } from "prettier";
import { commandLineFile, runProgram } from "../support/commandLine";
import { copyExample, revisionText, type ProjectFolder } from "../support/projectFolder";

const folder = join(__dirname, "..", "..", "examples", "continuous-integration");
const exampleNames: readonly string[] = ["github-actions.yml", "gitlab-ci.yml", "pre-commit-config.yaml"];

/** The commands of ours that a file runs, each a line of its own. */
const commandsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^ *(?:- |- run: |entry: )(npx alembic-ts .+)$/gm)].map(([, command = ""]) => command);

describe("the examples for continuous integration", function () {
  this.timeout(300_000);
  let project: ProjectFolder;
  let path: string;

  const git = (...words: readonly string[]): Promise<unknown> =>
    runProgram("git", ["-c", "user.name=a", "-c", "user.email=a@localhost", ...words], {
      cwd: project.path,
    });

  before(async () => {
    project = copyExample();
    project.linkModules();
    project.write({ ".gitignore": "node_modules\nbin\n.alembic\n" });
    await git("init", "-q");
    await git("add", "-A");
    await git("commit", "-qm", "first");
    await git("update-ref", "refs/remotes/origin/main", "HEAD");
    project.write({
      "database/migrations/versions/rst901_nothing.ts": revisionText({ id: "rst901", down: "pqr678" }),
    });
    const bin = join(project.path, "bin");
    mkdirSync(bin);
    writeFileSync(
      join(bin, "npx"),
      `#!/bin/sh\nshift\nexec "${process.execPath}" "${commandLineFile()}" "$@"\n`,
      { mode: 0o755 },
    );
    path = `${bin}${delimiter}${process.env["PATH"] ?? ""}`;
  });
  after(() => project.remove());

  it("are all there are", () => {
    assert.deepEqual(readdirSync(folder).sort(), exampleNames);
  });

  for (const name of exampleNames) {
    it(`${name} is YAML, and its commands pass on the example project`, async () => {
      const text = readFileSync(join(folder, name), "utf8");
      assert.equal(await format(text, { parser: "yaml" }), text);
      const commands = commandsOf(text);
      assert.equal(commands.length, text.match(/npx /g)?.length);
      const used = commands.map((command) => command.split(" ")[2]);
      for (const wanted of ["heads", "lint", "verify", "check"]) {
        assert.ok(used.includes(wanted), wanted);
      }
      for (const command of commands) {
        const { exitCode, stdout, stderr } = await runProgram("/bin/sh", ["-c", command], {
          cwd: project.path,
          env: { PATH: path, GITHUB_BASE_REF: "main", CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main" },
        });
        assert.equal(exitCode, 0, `${command}\n${stdout}${stderr}`);
      }
    });
  }
});
