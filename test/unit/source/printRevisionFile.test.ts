import assert from "node:assert/strict";
import fc from "fast-check";
import { format } from "prettier";
import ts from "typescript";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { printRevisionFile, type RevisionFileContent } from "../../../src/source/printRevisionFile";
import { toRevision } from "../../../src/source/header";
import { scanHeader } from "../../../src/source/scanHeader";
import { assertGolden } from "./golden";

const EMPTY: RevisionFileContent = {
  message: "Add users",
  revision: "abc123",
  downRevisions: [],
  branchLabels: [],
  dependsOn: [],
  createDate: "2025-10-01 21:15:00",
};

const LONG = "0123456789abcdef0123456789abcdef";

const CASES: Record<string, Partial<RevisionFileContent>> = {
  base: {},
  "one-parent": { downRevisions: ["def456"] },
  merge: { downRevisions: ["aaa", "bbb"], upgradeBody: "", downgradeBody: "" },
  "long-lists": {
    revision: LONG,
    downRevisions: [LONG, `${LONG}b`],
    branchLabels: ["billing"],
    dependsOn: ["one", LONG, "two", LONG],
  },
  "long-ids": { revision: LONG.repeat(3), downRevisions: [LONG], dependsOn: [LONG.repeat(2)] },
  "strange-message": {
    message: '  Drop */ "all" /* `x` \\ *\\/  \r\n\n  @deprecated\n* star\n日本 __proto__\n\n',
  },
  "no-message": { message: " \n " },
  "strange-ids": {
    revision: 'it\'s "so" \\ \n',
    downRevisions: ["__proto__", "a'b", 'c"d'],
    branchLabels: ["ünï"],
  },
  bodies: {
    downRevisions: ["def456"],
    upgradeBody:
      'await op.createTable("users", { id: "int" });\nawait op.execute(sql`\nSELECT 1\n  FROM ${connection}`);\n\nawait op.renameTable("a", "b");\n',
    downgradeBody: 'await op.dropTable("users", { context: "op" });\n',
  },
  "all-names": { upgradeBody: "await op.execute(sql`x`, connection, context);", downgradeBody: "" },
};

describe("printRevisionFile", () => {
  for (const [name, change] of Object.entries(CASES)) {
    const content = { ...EMPTY, ...change };
    it(`prints ${name}`, () => {
      assertGolden(`print/${name}.ts.txt`, printRevisionFile(content));
    });

    it(`${name} is as prettier prints it`, async () => {
      const printed = printRevisionFile(content);
      assert.equal(await format(printed, { parser: "typescript" }), printed);
    });
  }

  it("every printed file passes the strict compiler", () => {
    const files = Object.entries(CASES).map(
      ([name, change]) => [`/${name}.ts`, printRevisionFile({ ...EMPTY, ...change })] as const,
    );
    assert.deepEqual(compilerMessages(files), []);
  });

  const word = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
      unit: fc.constantFrom("*", "/", "\\", "\n", "\r", "\u2028", " ", '"', "'", "`", "$", "{", "a", ":"),
    }),
    fc.constantFrom("__proto__", "constructor", "Revision ID: x", "Revises: y", "Create Date: z", "日本"),
  );
  const content = fc.record({
    message: word,
    revision: word,
    downRevisions: fc.array(word, { maxLength: 3 }),
    branchLabels: fc.array(word, { maxLength: 2 }),
    dependsOn: fc.array(word, { maxLength: 2 }),
    createDate: fc.constant("2025-10-01 21:15:00"),
  });

  it("whatever is printed is read back the same", () => {
    fc.assert(
      fc.property(content, (wanted) => {
        const printed = printRevisionFile(wanted);
        const scan = scanHeader(printed, "a.ts");
        assert.equal(scan.kind, "revision");
        if (scan.kind !== "revision") {
          return;
        }
        const { doc, ...revision } = toRevision(scan.header, "a.ts");
        assert.deepEqual(revision, {
          revision: wanted.revision,
          downRevisions: wanted.downRevisions,
          branchLabels: wanted.branchLabels,
          dependsOn: wanted.dependsOn,
          message: firstLine(wanted.message),
          path: "a.ts",
        });
        assert.equal(doc.startsWith(firstLine(wanted.message)), true);
        assert.equal(scan.header.createDate, wanted.createDate);
        const { syntaxProblems, ...parsed } = parseRevisionFile(printed, "a.ts");
        assert.deepEqual(parsed, scan);
        assert.deepEqual(syntaxProblems, []);
      }),
      { numRuns: 500 },
    );
  });

  it("whatever is printed is as prettier prints it", async () => {
    const plain = fc.string({ unit: fc.constantFrom("a", "0", "_", '"', "'", "\\", " "), maxLength: 40 });
    const message = fc.string({
      unit: fc.constantFrom("a", "*", "/", "\\", "\n", " ", "@", "{"),
      maxLength: 100,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          message,
          revision: plain,
          downRevisions: fc.array(plain, { maxLength: 3 }),
          branchLabels: fc.array(plain, { maxLength: 3 }),
          dependsOn: fc.array(plain, { maxLength: 3 }),
          createDate: fc.constant("2025-10-01"),
        }),
        async (wanted) => {
          const printed = printRevisionFile(wanted);
          assert.equal(await format(printed, { parser: "typescript" }), printed);
        },
      ),
      { numRuns: 100 },
    );
  });
});

function firstLine(message: string): string {
  const lines = message.split(/\r\n|[\r\n\u2028\u2029]/).map((line) => line.trim());
  return lines.find((line) => line !== "") ?? "";
}

/** Compiles with the strictest options against a stand-in for the package's types. */
function compilerMessages(files: readonly (readonly [path: string, text: string])[]): readonly string[] {
  const types = `declare module "alembic-ts" { export interface Migration { op: any; sql: any; connection: any; context: any } }`;
  const options: ts.CompilerOptions = {
    strict: true,
    erasableSyntaxOnly: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    types: [],
  };
  const own = new Map([...files, ["/types.d.ts", types]]);
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (name) => own.has(name) || disk.fileExists(name),
    getSourceFile: (name, languageVersion) => {
      const source = own.get(name);
      return source === undefined
        ? disk.getSourceFile(name, languageVersion)
        : ts.createSourceFile(name, source, languageVersion);
    },
  };
  const program = ts.createProgram([...own.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
