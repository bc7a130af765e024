import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";

const revision = revisionText({ id: "r1", down: null, upgrade: '  await op.execute("SELECT 1");' });
const ini = "[alembic]\nscript_location = migrations\n";

async function assertRefused(
  folder: ProjectFolder,
  file: string,
  content: Buffer,
  place: string,
): Promise<void> {
  writeFileSync(join(folder.path, file), content);
  try {
    const { exitCode, stdout, stderr } = await folder.run(["history"]);
    assert.equal(exitCode, 255, stdout + stderr);
    assert.match(
      stdout + stderr,
      new RegExp(`FAILED: .*${file.replaceAll(".", "\\.")}${place} is not UTF-8\\.`),
    );
  } finally {
    folder.remove();
  }
}

describe("a file that is not UTF-8", function () {
  this.timeout(60_000);
  const cases: readonly (readonly [file: string, content: Buffer, place: string])[] = [
    ["migrations/versions/r1_step.ts", Buffer.from(`// caf\xe9\n${revision}`, "latin1"), ":1:7"],
    ["migrations/versions/r1_step.ts", Buffer.from(`\uFEFF${revision}`, "utf16le"), ":1:1"],
    ["alembic.ini", Buffer.from(`${ini}# caf\xe9\n`, "latin1"), ":3:6"],
    [".env", Buffer.from("A=1\nDATABASE_URL=postgresql://u:p\xe4ss@h/d\n", "latin1"), ":2:30"],
  ];
  for (const [file, content, place] of cases) {
    it(`is refused with its place: ${file}${place}`, async () => {
      const folder = createProjectFolder({ "alembic.ini": ini, "migrations/versions/r1_step.ts": revision });
      await assertRefused(folder, file, content, place);
    });
  }

  const sources: readonly (readonly [file: string, content: Buffer, place: string])[] = [
    [
      "alembic.config.ts",
      Buffer.from('// caf\xe9\nexport default { scriptLocation: "migrations" };\n', "latin1"),
      ":1:7",
    ],
    ["tsconfig.json", Buffer.from('{\n  // caf\xe9\n  "compilerOptions": {}\n}\n', "latin1"), ":2:9"],
    ["name.ts", Buffer.from('export const name = "caf\xe9";\n', "latin1"), ":1:25"],
  ];
  for (const [file, content, place] of sources) {
    it(`is refused with its place where the configuration needs it: ${file}${place}`, async () => {
      const folder = createProjectFolder({
        "package.json": "{}",
        "tsconfig.json": "{}",
        "name.ts": 'export const name = "a";\n',
        "alembic.config.ts": `import { name } from "./name";
export default { scriptLocation: "migrations", versionTable: name };
`,
        "migrations/versions/r1_step.ts": revision,
      });
      await assertRefused(folder, file, content, place);
    });
  }

  it("is a tsconfig.json in UTF-16, as the compiler reads it, no less than one in UTF-8", async () => {
    const folder = createProjectFolder({
      "package.json": "{}",
      "names/one.ts": 'export const name = "a";\n',
      "alembic.config.ts": `import { name } from "@names/one";
export default { scriptLocation: "migrations", versionTable: name };
`,
      "migrations/versions/r1_step.ts": revision,
    });
    const paths = '\uFEFF{ "compilerOptions": { "paths": { "@names/*": ["./names/*"] } } }\n';
    writeFileSync(join(folder.path, "tsconfig.json"), Buffer.from(paths, "utf16le"));
    try {
      const result = await folder.run(["history"]);
      assert.equal(result.exitCode, 0, result.stdout + result.stderr);
    } finally {
      folder.remove();
    }
  });

  it("is not one that has the sign for what can't be decoded", async () => {
    const folder = createProjectFolder({
      "alembic.ini": ini,
      "migrations/versions/r1_step.ts": `// \uFFFD\n${revision}`,
    });
    try {
      assert.equal((await folder.run(["history"])).exitCode, 0);
    } finally {
      folder.remove();
    }
  });
});
