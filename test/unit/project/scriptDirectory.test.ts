import assert from "node:assert/strict";
import { realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { listRevisionFiles, readScriptDirectory } from "../../../src/project/scriptDirectory";
import { revisionFilePaths } from "../../support/revisionFilePaths";
import { withProject } from "./temporaryProject";

function revision(id: string, down: string | null): string {
  return `import type { Migration } from "alembic-ts";

export const revision = ${JSON.stringify(id)};
export const down_revision: string | null = ${JSON.stringify(down)};

export async function upgrade({ op }: Migration): Promise<void> {}
export async function downgrade({ op }: Migration): Promise<void> {}
`;
}

function locations(directory: string, recursive = false) {
  return {
    scriptLocation: join(directory, "m"),
    versionLocations: [join(directory, "m/versions")],
    hasExplicitVersionLocations: false,
    recursiveVersionLocations: recursive,
  };
}

describe("listRevisionFiles", () => {
  const files = {
    "m/versions/b.ts": "",
    "m/versions/a.py": "",
    "m/versions/2025/a0.ts": "",
    "m/versions/__init__.py": "",
    "m/versions/.#b.ts": "",
    "m/versions/b.d.ts": "",
    "m/versions/notes.md": "",
    "m/versions/__pycache__/a.py": "",
  };

  it("lists files by name, as Alembic loads them", async () => {
    await withProject(files, (directory) => {
      const names = listRevisionFiles(locations(directory)).paths.map((path) =>
        path.slice(directory.length + 12),
      );
      assert.deepEqual(names, ["a.py", "b.ts"]);
    });
  });

  it("lists by the rule of the editor", async () => {
    const all = Object.fromEntries([...revisionFilePaths.keys()].map((path) => [`m/versions/${path}`, ""]));
    const expected = [...revisionFilePaths].flatMap(([path, mayBe]) => (mayBe ? [path] : []));
    await withProject(all, (directory) => {
      const listed = (recursive: boolean): readonly string[] =>
        listRevisionFiles(locations(directory, recursive)).paths.map((path) =>
          path.slice(directory.length + 12).replaceAll("\\", "/"),
        );
      assert.deepEqual(listed(true).toSorted(), expected.toSorted());
      assert.deepEqual(listed(false).toSorted(), expected.filter((path) => !path.includes("/")).toSorted());
    });
  });

  it("reads folders inside when asked", async () => {
    await withProject(files, (directory) => {
      const names = listRevisionFiles(locations(directory, true)).paths.map((path) =>
        path.slice(directory.length + 12),
      );
      assert.deepEqual(names, ["a.py", "b.ts", "2025/a0.ts"]);
    });
  });

  it("keeps the order of the version locations, and lists a folder's files before those further in", async () => {
    const several = {
      "m/README.md": "",
      "z/b.ts": "",
      "z/2025/c.ts": "",
      "z/2024/d.ts": "",
      "z/2024/12/a.ts": "",
      "a/a.ts": "",
      "a/B.ts": "",
    };
    await withProject(several, (directory) => {
      const listed = listRevisionFiles({
        scriptLocation: join(directory, "m"),
        versionLocations: ["z", "none", "a", "z/2024"].map((name) => join(directory, name)),
        hasExplicitVersionLocations: true,
        recursiveVersionLocations: true,
      });
      assert.deepEqual(
        listed.paths.map((path) => path.slice(directory.length + 1).replaceAll("\\", "/")),
        ["z/b.ts", "z/2024/d.ts", "z/2024/12/a.ts", "z/2025/c.ts", "a/B.ts", "a/a.ts"],
      );
    });
  });
});

describe("readScriptDirectory", () => {
  it("makes the graph, and warns of files that are no revisions", async () => {
    const files = {
      "m/versions/1_a.ts": revision("a", null),
      "m/versions/2_b.ts": revision("b", "a"),
      "m/versions/seed.ts": "export const rows = [];\n",
    };
    await withProject(files, async (directory) => {
      const { graph, warnings } = await readScriptDirectory(locations(directory));
      assert.deepEqual(graph.heads, ["b"]);
      assert.deepEqual(
        graph.revisions.map(({ path }) => path),
        ["1_a.ts", "2_b.ts"].map((name) => join(directory, "m/versions", name)),
      );
      assert.deepEqual(
        warnings.map(({ path }) => path),
        [join(directory, "m/versions/seed.ts")],
      );
    });
  });

  it("lets tests lie beside revisions, and takes one with a header for what it is", async () => {
    const files = {
      "m/versions/a.ts": revision("a", null),
      "m/versions/a.test.ts": `import { upgrade } from "./a";\nit("runs", () => upgrade);\n`,
      "m/versions/b.test.ts": revision("b", "a"),
    };
    await withProject(files, async (directory) => {
      const { graph, warnings } = await readScriptDirectory(locations(directory));
      assert.deepEqual([graph.heads, warnings], [["b"], []]);
    });
  });

  it("refuses a file that has half of a header", async () => {
    const text = `export const revision = process.env.ID;\nexport const down_revision = null;\nexport async function upgrade() {}\n`;
    await withProject({ "m/versions/odd.ts": text }, async (directory) => {
      await assert.rejects(readScriptDirectory(locations(directory)), {
        code: "not-a-revision",
        message: /^Could not determine revision id from filename odd\.ts\. /,
      });
    });
  });

  it("takes a script location whose versions folder is yet to come", async () => {
    await withProject({ "m/README.md": "" }, async (directory) => {
      assert.deepEqual((await readScriptDirectory(locations(directory))).graph.heads, []);
    });
  });

  it("names the version locations that are not there, while the project's other folders are", async () => {
    await withProject({ "m/README.md": "" }, async (directory) => {
      const named = {
        ...locations(directory),
        versionLocations: [join(directory, "m/versions"), join(directory, "n/versions")],
        hasExplicitVersionLocations: true,
      };
      const { graph, missingLocations } = await readScriptDirectory(named);
      assert.deepEqual([graph.heads, missingLocations], [[], named.versionLocations]);
    });
  });

  it("counts a file once that a second version location or a link leads to, and names it", async () => {
    await withProject(
      { "m/versions/a.ts": revision("a", null), "n/b.ts": revision("b", "a") },
      async (directory) => {
        symlinkSync(join(directory, "n"), join(directory, "linked"));
        symlinkSync("a.ts", join(directory, "m/versions/other.ts"));
        const { graph, repeatedFiles } = await readScriptDirectory({
          ...locations(directory),
          versionLocations: ["m/versions", "linked", "n", "m/versions"].map((name) => join(directory, name)),
          hasExplicitVersionLocations: true,
        });
        assert.deepEqual(
          graph.revisions.map(({ path }) => path),
          ["m/versions/a.ts", "linked/b.ts"].map((name) => join(directory, name)),
        );
        const real = realpathSync.native(directory);
        assert.deepEqual(
          repeatedFiles,
          ["m/versions/a.ts", "n/b.ts", "m/versions/a.ts", "m/versions/a.ts"].map((name) => join(real, name)),
        );
      },
    );
  });

  it("names a version location that can't be read", async () => {
    await withProject({ "m/README.md": "" }, async (directory) => {
      const location = join(directory, "m/versions");
      symlinkSync(location, location);
      await assert.rejects(readScriptDirectory(locations(directory)), {
        code: "file-unreadable",
        message: `The folder ${location} can't be read.`,
      });
    });
  });

  it("says in Alembic's words that the folder is missing", async () => {
    await withProject({}, async (directory) => {
      await assert.rejects(readScriptDirectory(locations(directory)), {
        code: "script-directory-missing",
        message: `Path doesn't exist: ${join(directory, "m")}.  Please use the 'init' command to create a new scripts folder.`,
      });
    });
  });
});
