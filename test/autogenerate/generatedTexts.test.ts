import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import prettier from "prettier";
import ts from "typescript";
import { formatWithPrettier } from "../../src/project/formatSource";
import { scanHeader } from "../../src/source/scanHeader";

const repository = join(__dirname, "../..");
const golden = join(repository, "test/golden/autogenerate");
const texts = new Map(
  readdirSync(golden)
    .sort()
    .map((name) => [name.replace(/\.txt$/, ""), readFileSync(join(golden, name), "utf8")] as const),
);

/** What the compiler at its strictest says of all the files, by file name. */
function compilerMessages(): ReadonlyMap<string, readonly string[]> {
  const options: ts.CompilerOptions = {
    strict: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
    paths: { "alembic-ts": [join(repository, "src/index.ts")] },
  };
  const disk = ts.createCompilerHost(options);
  const textOf = (path: string): string | undefined =>
    path.startsWith(golden) ? texts.get(path.slice(golden.length + 1)) : undefined;
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => textOf(path) !== undefined || disk.fileExists(path),
    readFile: (path) => textOf(path) ?? disk.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const text = textOf(path);
      return text === undefined
        ? disk.getSourceFile(path, version, ...rest)
        : ts.createSourceFile(path, text, version);
    },
  };
  const program = ts.createProgram(
    [...texts.keys()].map((name) => join(golden, name)),
    options,
    host,
  );
  const found = new Map<string, string[]>([...texts.keys()].map((name) => [name, []]));
  for (const { file, messageText, start } of ts.getPreEmitDiagnostics(program)) {
    const name = file?.fileName.slice(golden.length + 1) ?? "";
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
    const text = `${String(line)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    found.set(name, [...(found.get(name) ?? []), text]);
  }
  return found;
}

describe("the texts of generated revision files", function () {
  this.timeout(60_000);
  this.slow(30_000);

  it("compile at the compiler's strictest", () => {
    assert.deepEqual(compilerMessages(), new Map([...texts.keys()].map((name) => [name, []])));
  });

  for (const [name, text] of texts) {
    it(`${name} is formatted, and stays so in a project with other settings`, async () => {
      assert.equal(await prettier.check(text, { parser: "typescript" }), true);
      const wide = await formatWithPrettier(text, join(repository, "test/generated", name));
      assert.equal(wide.warning, undefined);
      assert.equal(await prettier.check(wide.text, { parser: "typescript", printWidth: 110 }), true);
      assert.ok(wide.text.split("\n").every((line) => line.length <= 110));
    });

    it(`${name} is read as a revision`, () => {
      const scan = scanHeader(text, name);
      assert.equal(scan.kind, "revision");
      assert.ok(scan.kind === "revision" && scan.header.upgrade !== undefined);
    });
  }
});
