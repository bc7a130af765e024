import assert from "node:assert/strict";
import { chmodSync, readFileSync, renameSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { gitIn } from "../support/git";
import { sharedPostgres } from "../support/sharedPostgres";

const file = (name: string): string => `migrations/versions/${name}.ts`;
const settings = (more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, string>> => ({
  "package.json": "{}",
  "alembic.config.json": JSON.stringify({ scriptLocation: "migrations", ...more }),
});
const main = { [file("a")]: revisionText({ id: "a" }), [file("b")]: revisionText({ id: "b", down: "a" }) };
const feature = {
  [file("c1")]: revisionText({ id: "c1", down: "a" }),
  [file("c2")]: revisionText({ id: "c2", down: "c1" }),
};

describe("rebase", function () {
  this.timeout(120_000);
  const projects: ProjectFolder[] = [];
  after(() => projects.forEach((project) => project.remove()));

  function project(files: Readonly<Record<string, string>>, more = settings()): ProjectFolder {
    const made = createProjectFolder({ ...more, ...files });
    projects.push(made);
    return made;
  }
  const text = (folder: ProjectFolder, name: string): string =>
    readFileSync(join(folder.path, file(name)), "utf8");

  it("changes the parent of the branch's first revision, in the header and in the comment", async () => {
    const folder = project({ ...main, ...feature });
    const { exitCode, stdout } = await folder.run(["rebase", "c2", "--onto", "b"]);
    assert.equal(exitCode, 0);
    assert.equal(stdout, "Rebased c1: a -> b\n  with c2\n  <project>/migrations/versions/c1.ts\n");
    assert.equal(text(folder, "c1"), revisionText({ id: "c1", down: "b" }));
    assert.equal(text(folder, "c2"), feature[file("c2")]);
    assert.equal((await folder.run(["heads", "--fail-on", "multiple"])).exitCode, 0);
    assert.equal(
      (await folder.run(["rebase", "c2", "--onto", "b"])).stdout,
      "The branch of c2 already follows b.\n",
    );
    assert.equal((await folder.run(["rebase"])).stdout, "c2 is the only head: nothing is to be rebased.\n");
  });

  it("takes the other one of two heads for the side that is not named", async () => {
    for (const args of [["c2"], ["--onto", "b"]]) {
      const folder = project({ ...main, ...feature });
      assert.equal((await folder.run(["rebase", ...args])).exitCode, 0);
      assert.equal(text(folder, "c1"), revisionText({ id: "c1", down: "b" }));
    }
  });

  it("only shows what would change with --dry-run", async () => {
    const folder = project({ ...main, ...feature });
    const { stdout } = await folder.run(["rebase", "c2", "--onto", "b", "--dry-run"]);
    assert.equal(stdout, "Would rebase c1: a -> b\n  with c2\n  <project>/migrations/versions/c1.ts\n");
    assert.equal(text(folder, "c1"), feature[file("c1")]);
    const json = await folder.run(["rebase", "c2", "--onto", "b", "--dry-run", "--json"]);
    assert.deepEqual(JSON.parse(json.stdout), {
      kind: "moved",
      revision: "c1",
      onto: "b",
      from: ["a"],
      moved: ["c1", "c2"],
      path: "<project>/migrations/versions/c1.ts",
      databases: [],
      is_written: false,
    });
  });

  it("keeps a file's permissions, and a link", async () => {
    const folder = project({ ...main, ...feature });
    const moved = join(folder.path, "c1.ts");
    renameSync(join(folder.path, file("c1")), moved);
    chmodSync(moved, 0o640);
    symlinkSync(moved, join(folder.path, file("c1")));
    assert.equal((await folder.run(["rebase", "c2", "--onto", "b"])).exitCode, 0);
    assert.equal(readFileSync(moved, "utf8"), revisionText({ id: "c1", down: "b" }));
    assert.equal(statSync(moved).mode & 0o777, 0o640);
  });

  const refusals = [
    {
      name: "a branch that begins with several revisions",
      files: {
        ...main,
        [file("c")]: revisionText({ id: "c", down: "a" }),
        [file("d")]: revisionText({ id: "d", down: "a" }),
        [file("e")]: revisionText({ id: "e", down: ["c", "d"] }),
      },
      args: ["e", "--onto", "b"],
      message: /^FAILED: The branch of e starts with several revisions: c, d\./,
    },
    {
      name: "a head that depends on the branch",
      files: { ...main, ...feature, [file("b")]: revisionText({ id: "b", down: "a", dependsOn: "c1" }) },
      args: ["c2", "--onto", "b"],
      message: /^FAILED: b depends on a revision of the branch of c2\./,
    },
    {
      name: "what the other side follows",
      files: main,
      args: ["a", "--onto", "b"],
      message: /^FAILED: b follows a, so a can't be put on it\./,
    },
    {
      name: "a revision on itself",
      files: main,
      args: ["b", "--onto", "b"],
      message: /^FAILED: b can't be put on itself\./,
    },
    {
      name: "two heads without a repository",
      files: { ...main, ...feature },
      args: [],
      message: /^FAILED: Git does not tell which of the heads are new \(b, c2\)/,
    },
    {
      name: "a revision that is not there",
      files: { ...main, ...feature },
      args: ["nothing"],
      message: /^FAILED: Can't locate revision identified by 'nothing'/,
    },
  ];
  for (const { name, files, args, message } of refusals) {
    it(`refuses ${name}`, async () => {
      const folder = project(files);
      const { exitCode, stdout } = await folder.run(["rebase", ...args]);
      assert.equal(exitCode, 255);
      assert.match(stdout, message);
      for (const [path, content] of Object.entries(files)) {
        assert.equal(readFileSync(join(folder.path, path), "utf8"), content);
      }
    });
  }

  describe("told by Git", () => {
    /** A repository with the revisions of `main` on a branch, and those of `feature` committed on another one. */
    function repository(branch: string, more = settings()): ProjectFolder {
      const folder = project(main, more);
      const git = gitIn(folder.path);
      git("init", "--quiet", `--initial-branch=${branch}`);
      git("add", "--all");
      git("commit", "--quiet", "--message=main");
      git("checkout", "--quiet", "-b", "feature");
      folder.write(feature);
      git("add", "--all");
      git("commit", "--quiet", "--message=feature");
      return folder;
    }

    it("puts what is new on the head of the main branch", async () => {
      for (const branch of ["main", "master"]) {
        const folder = repository(branch);
        assert.equal((await folder.run(["rebase"])).exitCode, 0);
        assert.equal(text(folder, "c1"), revisionText({ id: "c1", down: "b" }));
      }
    });

    it("takes files that are not committed for new", async () => {
      const folder = project(main);
      const git = gitIn(folder.path);
      git("init", "--quiet", "--initial-branch=main");
      git("add", "--all");
      git("commit", "--quiet", "--message=main");
      folder.write(feature);
      assert.equal((await folder.run(["rebase"])).exitCode, 0);
      assert.equal(text(folder, "c1"), revisionText({ id: "c1", down: "b" }));
    });

    it("uses the branch that the configuration or --since names, and no other", async () => {
      const configured = repository("trunk", settings({ mainBranch: "trunk" }));
      assert.equal((await configured.run(["rebase"])).exitCode, 0);
      const given = repository("trunk");
      assert.equal((await given.run(["rebase"])).exitCode, 255);
      assert.equal((await given.run(["rebase", "--since", "trunk"])).exitCode, 0);
      const wrong = repository("main", settings({ mainBranch: "nothing" }));
      assert.equal((await wrong.run(["rebase"])).exitCode, 255);
    });

    it("does not guess between several new heads, or on the main branch itself", async () => {
      const folder = repository("main");
      folder.write({ [file("d")]: revisionText({ id: "d", down: "a" }) });
      const several = await folder.run(["rebase"]);
      assert.match(
        several.stdout,
        /^FAILED: Git does not tell which branch is to be put on which: the heads on main are b, and the new ones c2, d\./,
      );
      assert.equal((await folder.run(["rebase", "d"])).exitCode, 0);
      assert.equal(text(folder, "d"), revisionText({ id: "d", down: "b" }));
      const merged = repository("main");
      gitIn(merged.path)("checkout", "--quiet", "main");
      gitIn(merged.path)("merge", "--quiet", "feature");
      assert.equal((await merged.run(["rebase"])).exitCode, 255);
    });
  });

  describe("and databases", () => {
    it("refuses revisions that a named database has, and those of which nobody can tell", async () => {
      const server = await sharedPostgres();
      const [near, far] = [await server.createDatabase(), await server.createDatabase()];
      const more = settings({ environments: { near: { url: near }, far: { url: far, production: true } } });
      const folder = project({ ...main, ...feature }, more);
      const rebase = (...args: readonly string[]): ReturnType<ProjectFolder["run"]> =>
        folder.run(["rebase", "c2", "--onto", "b", ...args]);
      const dry = await rebase("--dry-run", "--json");
      assert.deepEqual((JSON.parse(dry.stdout) as { databases: unknown }).databases, ["near", "far"]);
      await folder.run(["upgrade", "c1", "--environment", "far"]);
      const refused = await rebase();
      assert.equal(refused.exitCode, 255);
      assert.equal(refused.stdout, "FAILED: Applied revisions can't be moved: far has c1.\n");
      await folder.run(["downgrade", "base", "--environment", "far"]);
      folder.write(
        settings({ environments: { near: { url: near }, gone: { url: "postgres://127.0.0.1:1/x" } } }),
      );
      const unknown = await rebase();
      assert.equal(unknown.exitCode, 255);
      assert.match(unknown.stdout, /^FAILED: Can't tell whether gone has c1, c2: /);
      assert.equal(text(folder, "c1"), feature[file("c1")]);
      assert.equal((await rebase("--offline")).exitCode, 0);
    });

    it("refuses where a row of the version table names no file", async () => {
      const url = await (await sharedPostgres()).createDatabase();
      const folder = project({ ...main, ...feature, [file("x")]: revisionText({ id: "x", down: "c2" }) });
      assert.equal((await folder.run(["upgrade", "x", "--url", url])).exitCode, 0);
      folder.removeFile(file("x"));
      const { exitCode, stdout } = await folder.run(["rebase", "c2", "--onto", "b", "--url", url]);
      assert.equal(exitCode, 255);
      assert.match(stdout, /names x, of which no file is here/);
    });
  });
});
