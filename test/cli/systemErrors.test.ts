import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram, commandLineFile } from "../support/commandLine";
import { createProjectFolder, type ProjectFolder } from "../support/projectFolder";

const long = "a".repeat(300);

/** Stands for a disk that is full after half of a file. */
const fullDisk = `const fs = require("node:fs/promises");
const { writeFile } = fs;
fs.writeFile = async (file, text, ...rest) => {
  await writeFile(file, String(text).slice(0, text.length / 2), ...rest);
  throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", errno: -28, syscall: "write" });
};
`;
/** And for a folder that may not be written to, which it may be by the user that these tests may run as. */
const readOnly = `const fs = require("node:fs/promises");
for (const [name, syscall] of [["writeFile", "open"], ["mkdir", "mkdir"]]) {
  fs[name] = async (path) => {
    const message = "EACCES: permission denied, " + syscall + " '" + path + "'";
    throw Object.assign(new Error(message), { code: "EACCES", errno: -13, syscall, path });
  };
}
`;

describe("what the operating system refuses", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  beforeEach(() => {
    project = createProjectFolder({
      "alembic.config.json": '{ "scriptLocation": "m" }',
      "m/versions/a1_x.ts": 'export const revision = "a1";\nexport const down_revision = null;\n',
      "full.cjs": fullDisk,
      "readOnly.cjs": readOnly,
    });
    mkdirSync(join(project.path, "new"));
  });
  afterEach(() => project.remove());

  for (const { name, args, folder, preload, says } of [
    {
      name: "a disk that is full at a revision",
      args: ["revision", "-m", "x", "--rev-id", "b2"],
      preload: "full.cjs",
      says: /^FAILED: Can't write <project>\/m\/versions\/(?:\S+-)?b2_x\.ts: no space left on device\.\n {2}Hint: \S/,
    },
    {
      name: "a disk that is full at a configuration",
      args: ["init", "m"],
      folder: "new",
      preload: "full.cjs",
      says: /^FAILED: Can't write <project>\/new\/\S+: no space left on device\.\n/,
    },
    {
      name: "a folder that can only be read",
      args: ["revision", "-m", "x"],
      preload: "readOnly.cjs",
      says: /^FAILED: Can't create the folder <project>\/m\/versions: permission denied\.\n {2}Hint: \S/,
    },
    {
      name: "a folder that can only be read, for the embedded database",
      args: ["--url", "embedded:", "current"],
      preload: "readOnly.cjs",
      says: /^FAILED: Can't create the folder <project>\/\.alembic: permission denied\.\n/,
    },
    {
      name: "a name that is too long",
      args: ["init", long],
      folder: "new",
      says: /^FAILED: Can't create the folder <project>\/new\/a+\/versions: name too long\.\n {2}Hint: Use a shorter name\.\n$/,
    },
  ] as const) {
    it(`${name}: is said without a trace, and nothing is left behind`, async () => {
      const before = files();
      const { exitCode, stdout, stderr } = await runProgram(
        process.execPath,
        [
          ...(preload === undefined ? [] : ["--require", join(project.path, preload)]),
          ...[commandLineFile(), ...args],
        ],
        { cwd: join(project.path, folder ?? "") },
      );
      assert.match(`${stdout}${stderr}`.replaceAll(project.path, "<project>"), says);
      assert.equal(exitCode, 255);
      assert.deepEqual(files(), before);
    });
  }

  /** Those that could be half; folders may be there. */
  function files(): readonly string[] {
    return ["m/versions", "new", "."].flatMap((folder) =>
      project.list(folder).filter((name) => name.includes(".")),
    );
  }

  it("a folder that is gone: is said without a trace", async () => {
    const removing = join(project.path, "remove.cjs");
    writeFileSync(
      removing,
      `const folder = process.cwd();
// Node asks for it anew after this.
process.chdir(".");
require("node:fs").rmdirSync(folder);`,
    );
    const { exitCode, stdout, stderr } = await runProgram(
      process.execPath,
      ["--require", removing, commandLineFile(), "heads"],
      { cwd: join(project.path, "new") },
    );
    assert.equal(
      `${stdout}${stderr}`,
      "FAILED: The working folder no longer exists.\n  Hint: Change to a folder that exists.\n",
    );
    assert.equal(exitCode, 255);
  });
});
