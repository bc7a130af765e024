import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

const repository = join(__dirname, "../../..");

/** What a new operation on views is made of, by file: the text before which a piece stands. */
const pieces: Readonly<Record<string, readonly (readonly [before: string, piece: string])[]>> = {
  "src/operations/view/view.ts": [
    [
      "export type ViewOperation =",
      'export interface TouchView extends InSchema {\n  readonly kind: "touchView";\n  readonly name: string;\n}\n\n',
    ],
    ["  | ReplaceView\n", "  | TouchView\n"],
    ["  /**\n   * Renames a view.", "  touchView(name: string, options?: SchemaOption): Promise<void>;\n\n"],
  ],
  "src/operations/view/viewMakers.ts": [
    [
      '  renameView: renameMaker("view"),',
      '  touchView: (name, { schema } = {}) =>\n    schema === undefined ? { kind: "touchView", name } : { kind: "touchView", name, schema },\n',
    ],
    ["  renameView: [", "  touchView: [given.name, given.schemaOption],\n"],
  ],
  "src/operations/view/viewKinds.ts": [
    [
      "  refreshMaterializedView: {",
      "  touchView: { invert: (operation) => operation, calls: namedCall, subject: namedSubject },\n",
    ],
  ],
  "src/sql/postgresql/view.ts": [
    [
      "  refreshMaterializedView,",
      "  touchView: ({ name }) => [`COMMENT ON VIEW ${quoteIdentifier(name)} IS NULL`],\n",
    ],
  ],
};

function configuration(): ts.ParsedCommandLine {
  const path = join(repository, "tsconfig.json");
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
}

function withPieces(file: string, text: string, chosen: readonly string[]): string {
  const name = relative(repository, file);
  if (!chosen.includes(name)) {
    return text;
  }
  return (pieces[name] ?? []).reduce((changed, [before, piece]) => {
    const [head, ...tail] = changed.split(before);
    assert.equal(tail.length, 1, `${name} has "${before}" once`);
    return `${head}${piece}${before}${tail.join("")}`;
  }, text);
}

/** The files of operations and their SQL that do not compile, with the pieces in the chosen files. */
function brokenFiles(
  chosen: readonly string[],
  former?: ts.Program,
): { program: ts.Program; broken: string[] } {
  const { options: all, fileNames } = configuration();
  const options = { ...all, types: ["node"] };
  const host = ts.createCompilerHost(options, true);
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (file, languageVersion) => {
    const isChanged = chosen.includes(relative(repository, file));
    const text = isChanged ? ts.sys.readFile(file) : undefined;
    return text === undefined
      ? (former?.getSourceFile(file) ?? readSource(file, languageVersion))
      : ts.createSourceFile(file, withPieces(file, text, chosen), languageVersion, true);
  };
  const roots = fileNames.filter((file) => /^src\/(operations|sql)\//.test(relative(repository, file)));
  const program = ts.createProgram(roots, options, host, former);
  const broken = new Set(
    program
      .getSourceFiles()
      .filter(({ fileName }) => /^src\/(operations|sql)\//.test(relative(repository, fileName)))
      .flatMap((file) => program.getSemanticDiagnostics(file))
      .flatMap(({ file }) => (file === undefined ? [] : [relative(repository, file.fileName)])),
  );
  return { program, broken: [...broken].sort() };
}

describe("a new kind of operation", function () {
  this.timeout(120_000);

  it("touches four files, and the compiler names those that are missing", () => {
    const all = Object.keys(pieces);
    const [record = "", ...others] = all;
    const first = brokenFiles([record]);
    const second = brokenFiles(all, first.program);
    assert.deepEqual(
      {
        files: all.length,
        namedByTheCompiler: others.filter((file) => first.broken.includes(file)),
        leftWithAll: second.broken,
      },
      { files: 4, namedByTheCompiler: others, leftWithAll: [] },
    );
  });
});
