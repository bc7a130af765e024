import assert from "node:assert/strict";
import fc from "fast-check";
import type { LocatedList, RevisionHeader } from "../../../src/source/header";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { printRevisionFile } from "../../../src/source/printRevisionFile";
import {
  addDowngrade,
  applyEdits,
  removeBranchLabel,
  renameRevision,
  setDependsOn,
  setDownRevision,
  setRevisionId,
  type TextEdit,
} from "../../../src/source/revisionEdits";
import { scanHeader } from "../../../src/source/scanHeader";
import { corpusFiles } from "./corpus";

type Edit = (text: string, header: RevisionHeader) => readonly TextEdit[];

function headerOf(text: string, path: string): RevisionHeader {
  const fast = scanHeader(text, path);
  const scan = fast.kind === "ambiguous" ? parseRevisionFile(text, path) : fast;
  assert.equal(scan.kind, "revision", `${path} is a revision`);
  return scan.kind === "revision" ? scan.header : assert.fail();
}

function edited(text: string, path: string, edit: Edit): string {
  return applyEdits(text, edit(text, headerOf(text, path)));
}

function values(list: LocatedList | undefined): readonly string[] | undefined {
  return list?.values.map(({ value }) => value);
}

interface Case {
  readonly name: string;
  readonly path?: string;
  readonly before: string;
  readonly edit: Edit;
  readonly after: string;
}

const CASES: readonly Case[] = [
  {
    name: "one parent for another, comment included",
    before:
      '/**\n * M\n *\n * Revises: a\n */\nexport const revision = "r";\nexport const down_revision = "a";\n',
    edit: (text, header) => setDownRevision(text, header, ["b"]),
    after:
      '/**\n * M\n *\n * Revises: b\n */\nexport const revision = "r";\nexport const down_revision = "b";\n',
  },
  {
    name: "a base to two parents",
    before:
      "/**\n * Revises:\n */\nexport const revision = 'r';\nexport const down_revision: string | string[] | null = null;\n",
    edit: (text, header) => setDownRevision(text, header, ["a", "it's"]),
    after:
      "/**\n * Revises: a, it's\n */\nexport const revision = 'r';\nexport const down_revision: string | string[] | null = ['a', 'it\\'s'];\n",
  },
  {
    name: "two parents to a base",
    before:
      "/**\n * Revises: a, b\n */\nexport const revision = 'r';\nexport const down_revision = [\n  'a',\n  'b',\n] as const;\n",
    edit: (text, header) => setDownRevision(text, header, []),
    after: "/**\n * Revises:\n */\nexport const revision = 'r';\nexport const down_revision = null;\n",
  },
  {
    name: "a type that does not allow the new value",
    before: 'export const revision = "r";\nexport const down_revision: string = "a";\n',
    edit: (text, header) => setDownRevision(text, header, ["a", "b"]),
    after:
      'export const revision = "r";\nexport const down_revision: string | string[] | null = ["a", "b"];\n',
  },
  {
    name: "a constant for a literal",
    before: 'const parent = "a";\nexport const revision = "r";\nexport const down_revision = parent;\n',
    edit: (text, header) => setDownRevision(text, header, ["b"]),
    after: 'const parent = "a";\nexport const revision = "r";\nexport const down_revision = "b";\n',
  },
  {
    name: "Python's parents",
    path: "a.py",
    before: "'''M\n\nRevises: a\n'''\nrevision = 'r'\ndown_revision = 'a'\n",
    edit: (text, header) => setDownRevision(text, header, ["b", "c"]),
    after: "'''M\n\nRevises: b, c\n'''\nrevision = 'r'\ndown_revision = ('b', 'c')\n",
  },
  {
    name: "the same parents, which changes nothing",
    before: '/** Revises: x */\nexport const revision = "r";\nexport const down_revision = ["a"];\n',
    edit: (text, header) => setDownRevision(text, header, ["a"]),
    after: '/** Revises: x */\nexport const revision = "r";\nexport const down_revision = ["a"];\n',
  },
  {
    name: "an id, comment included",
    before: "/**\n * Revision ID: r\n */\nexport const revision = `r`;\nexport const down_revision = null;\n",
    edit: (text, header) => setRevisionId(text, header, "a`*/${b}"),
    after:
      "/**\n * Revision ID: a`*\\/${b}\n */\nexport const revision = `a\\`*/\\${b}`;\nexport const down_revision = null;\n",
  },
  {
    name: "an id that is joined of parts",
    before: 'export const revision = "a" + "b";\nexport const down_revision = null;\n',
    edit: (text, header) => setRevisionId(text, header, "c"),
    after: 'export const revision = "c";\nexport const down_revision = null;\n',
  },
  {
    name: "dependencies that are there",
    before:
      'export const revision = "r";\nexport const down_revision = null;\nexport const depends_on: null = null;\n',
    edit: (text, header) => setDependsOn(text, header, ["a"]),
    after:
      'export const revision = "r";\nexport const down_revision = null;\nexport const depends_on: string[] | null = ["a"];\n',
  },
  {
    name: "dependencies that are not there",
    before: 'export const revision = "r";\r\nexport const down_revision: null = null; // base\r\n',
    edit: (text, header) => setDependsOn(text, header, ["a"]),
    after:
      'export const revision = "r";\r\nexport const down_revision: null = null; // base\r\nexport const depends_on: string[] | null = ["a"];\r\n',
  },
  {
    name: "dependencies in a CommonJS object",
    path: "a.js",
    before: "module.exports = { revision: 'r', down_revision: null, upgrade() {} };\n",
    edit: (text, header) => setDependsOn(text, header, ["a"]),
    after: "module.exports = { revision: 'r', down_revision: null, depends_on: ['a'], upgrade() {} };\n",
  },
  {
    name: "dependencies among CommonJS members",
    path: "a.js",
    before: "exports.revision = 'r';\nexports.down_revision = null;\n",
    edit: (text, header) => setDependsOn(text, header, ["a", "b"]),
    after: "exports.revision = 'r';\nexports.down_revision = null;\nexports.depends_on = ['a', 'b'];\n",
  },
  {
    name: "Python's dependencies",
    path: "a.py",
    before: 'revision = "r"\ndown_revision = None',
    edit: (text, header) => setDependsOn(text, header, ["a"]),
    after: 'revision = "r"\ndown_revision = None\ndepends_on = "a"',
  },
  {
    name: "a label of two",
    before:
      'export const revision = "r";\nexport const down_revision = null;\nexport const branch_labels = ["a", "b"];\n',
    edit: (text, header) => removeBranchLabel(text, header, "a"),
    after:
      'export const revision = "r";\nexport const down_revision = null;\nexport const branch_labels = ["b"];\n',
  },
  {
    name: "the last label",
    path: "a.py",
    before: "revision = 'r'\ndown_revision = None\nbranch_labels = ('a',)\n",
    edit: (text, header) => removeBranchLabel(text, header, "a"),
    after: "revision = 'r'\ndown_revision = None\nbranch_labels = None\n",
  },
  {
    name: "a downgrade where the type is imported",
    before:
      'import type { Migration } from "alembic-ts";\nexport const revision = "r";\nexport const down_revision = null;\nexport async function upgrade({ op }: Migration) {}\n',
    edit: addDowngrade,
    after:
      'import type { Migration } from "alembic-ts";\nexport const revision = "r";\nexport const down_revision = null;\nexport async function upgrade({ op }: Migration) {}\n\nexport async function downgrade({ op }: Migration): Promise<void> {}\n',
  },
  {
    name: "a downgrade in CommonJS",
    path: "a.js",
    before: "exports.revision = 'r';\nexports.down_revision = null;",
    edit: addDowngrade,
    after:
      "exports.revision = 'r';\nexports.down_revision = null;\n\nexports.downgrade = async function downgrade() {};\n",
  },
  {
    name: "a downgrade in Python",
    path: "a.py",
    before: "revision = 'r'\ndown_revision = None\n",
    edit: addDowngrade,
    after: "revision = 'r'\ndown_revision = None\n\n\ndef downgrade() -> None:\n    pass\n",
  },
];

describe("edits of revision files", () => {
  for (const { name, path = "a.ts", before, edit, after } of CASES) {
    it(`change ${name}`, () => {
      assert.equal(edited(before, path, edit), after);
    });
  }

  for (const { path, text } of corpusFiles()) {
    const isPython = path.endsWith(".py");
    const parsed = isPython ? scanHeader(text, path) : parseRevisionFile(text, path);
    const isWhole = isPython || parseRevisionFile(text, path).syntaxProblems.length === 0;
    if (isWhole && parsed.kind === "revision") {
      it(`are read back from ${path}`, () => {
        for (const ids of [["n1"], ["n1", "n'2"], []]) {
          assert.deepEqual(
            values(
              headerOf(
                edited(text, path, (t, h) => setDownRevision(t, h, ids)),
                path,
              ).downRevision,
            ),
            ids,
          );
          assert.deepEqual(
            values(
              headerOf(
                edited(text, path, (t, h) => setDependsOn(t, h, ids)),
                path,
              ).dependsOn,
            ) ?? [],
            ids,
          );
        }
        const renamed = edited(text, path, (t, h) => setRevisionId(t, h, 'n"3'));
        assert.equal(headerOf(renamed, path).revision.value, 'n"3');
        const labels = values(parsed.header.branchLabels) ?? [];
        const unlabelled = edited(text, path, (t, h) => removeBranchLabel(t, h, labels[0] ?? ""));
        assert.deepEqual(values(headerOf(unlabelled, path).branchLabels) ?? [], labels.slice(1));
      });
    }
  }

  it("bring any ids into any printed file", () => {
    const id = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("__proto__", "*/", "${x}", "a`b", "a\\"),
    );
    const ids = fc.array(id, { maxLength: 3 });
    fc.assert(
      fc.property(ids, ids, id, (before, after, revision) => {
        const print = (own: string, parents: readonly string[]) =>
          printRevisionFile({
            message: "",
            revision: own,
            downRevisions: parents,
            branchLabels: [],
            dependsOn: [],
            createDate: "",
          });
        const moved = edited(print("r", before), "a.ts", (t, h) => setDownRevision(t, h, after));
        const renamed = edited(moved, "a.ts", (t, h) => setRevisionId(t, h, revision));
        const header = headerOf(renamed, "a.ts");
        const wanted = headerOf(print(revision, after), "a.ts");
        assert.deepEqual([header.revision.value, values(header.downRevision)], [revision, after]);
        assert.deepEqual([header.documentedIds, header.doc], [wanted.documentedIds, wanted.doc]);
      }),
    );
  });

  it("refuse to overlap", () => {
    const edit = { range: { start: 0, end: 2 }, newText: "" };
    assert.throws(() => applyEdits("abc", [edit, { range: { start: 1, end: 3 }, newText: "" }]), RangeError);
    assert.throws(() => applyEdits("a", [edit]), RangeError);
  });
});

describe("renameRevision", () => {
  it("changes every file that names the revision", () => {
    const texts = new Map([
      [
        "/a.ts",
        '/**\n * Revision ID: abcd\n */\nexport const revision = "abcd";\nexport const down_revision = null;\n',
      ],
      [
        "/b.ts",
        "/**\n * Revises: abcd, x\n */\nexport const revision = 'b';\nexport const down_revision = ['abcd', 'x'];\n",
      ],
      ["/c.py", "revision = 'c'\ndown_revision = 'b'\ndepends_on = ('abcd', 'ab')\n"],
      [
        "/d.ts",
        'const p = "abcd";\nexport const revision = "d";\nexport const down_revision = p;\nexport const depends_on = [p];\n',
      ],
      [
        "/e.ts",
        'export const revision = "abx";\nexport const down_revision = "abcde";\nexport const depends_on = ["abc"];\n',
      ],
    ]);
    const sources = [...texts].map(([path, text]) => ({ path, text, header: headerOf(text, path) }));
    const edits = renameRevision(sources, "abcd", "n");
    const after = [...edits].map(([path, ofFile]) => [path, applyEdits(texts.get(path) ?? "", ofFile)]);
    assert.deepEqual(after, [
      [
        "/a.ts",
        '/**\n * Revision ID: n\n */\nexport const revision = "n";\nexport const down_revision = null;\n',
      ],
      [
        "/b.ts",
        "/**\n * Revises: n, x\n */\nexport const revision = 'b';\nexport const down_revision = ['n', 'x'];\n",
      ],
      ["/c.py", "revision = 'c'\ndown_revision = 'b'\ndepends_on = ('n', 'ab')\n"],
      [
        "/d.ts",
        'const p = "n";\nexport const revision = "d";\nexport const down_revision = p;\nexport const depends_on = [p];\n',
      ],
      [
        "/e.ts",
        'export const revision = "abx";\nexport const down_revision = "abcde";\nexport const depends_on = ["n"];\n',
      ],
    ]);
    assert.deepEqual(renameRevision(sources, "abcd", "abcd"), new Map());
  });
});
