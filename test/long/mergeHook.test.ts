import assert from "node:assert/strict";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLineFile } from "../support/commandLine";
import { gitIn } from "../support/git";
import { createProjectFolder, revisionText } from "../support/projectFolder";

/** The hook that docs/branches.md tells to write, with the command line that was built. */
function documentedHook(): string {
  const page = readFileSync(join(__dirname, "../../docs/branches.md"), "utf8");
  const hook = /```sh\n(#!\/bin\/sh\n[^`]*)```/.exec(page)?.[1] ?? "";
  return hook.replaceAll("npx alembic-ts", `"${process.execPath}" "${commandLineFile()}"`);
}

describe("the hook for git merge", function () {
  this.timeout(120_000);

  it("puts the branch on the head that was merged in", async () => {
    const project = createProjectFolder({
      "package.json": "{}",
      ".gitignore": ".alembic\n",
      "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
      "migrations/versions/a.ts": revisionText({ id: "a" }),
    });
    try {
      const git = gitIn(project.path);
      const add = (id: string): void => {
        writeFileSync(join(project.path, `migrations/versions/${id}.ts`), revisionText({ id, down: "a" }));
        git("add", ".");
        git("commit", "--quiet", "--message", `Add ${id}`);
      };
      git("init", "--quiet", "--initial-branch", "main");
      git("add", ".");
      git("commit", "--quiet", "--message", "Begin");
      git("checkout", "--quiet", "-b", "feature");
      add("c");
      git("checkout", "--quiet", "main");
      add("b");
      git("checkout", "--quiet", "feature");
      const hook = join(project.path, ".git/hooks/post-merge");
      writeFileSync(hook, documentedHook());
      chmodSync(hook, 0o755);
      git("merge", "--quiet", "--no-edit", "main");
      assert.equal((await project.run(["heads"])).stdout, "c (head)\n");
      assert.equal(git("diff", "--name-only").trim(), "migrations/versions/c.ts");
    } finally {
      project.remove();
    }
  });
});
