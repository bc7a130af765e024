import assert from "node:assert/strict";
import { editDistance, fixesFor } from "../../../src/extension/quickFixes/fixes";
import { chainDiagnostics } from "../../../src/source/chainDiagnostics";
import { RevisionIndex } from "../../../src/source/revisionIndex";
import { applyEdits } from "../../../src/source/textEdit";

type Header = { readonly id: string; readonly down: string; readonly extra?: string };

function textOf({ id, down, extra = "" }: Header): string {
  return [
    "/**",
    ` * do ${id}`,
    " *",
    ` * Revision ID: ${id}`,
    ` * Revises: ${down === "null" ? "" : down.replaceAll('"', "")}`.trimEnd(),
    " */",
    `export const revision = "${id}";`,
    `export const down_revision = ${down};`,
    ...(extra === "" ? [] : [extra]),
    "export async function upgrade() {}",
    "export async function downgrade() { work(); }",
    "",
  ].join("\n");
}

function indexOf(...headers: readonly Header[]): RevisionIndex {
  const index = new RevisionIndex();
  headers.forEach((header, number) => index.setFile(`/v/${number}_${header.id}.ts`, textOf(header)));
  return index;
}

/** Applies the first repair of the first problem with this code, and gives the codes that are left. */
function repair(
  index: RevisionIndex,
  code: string,
): { readonly kind: string; readonly subject: string; readonly left: readonly string[] } {
  const problems = [...chainDiagnostics(index).values()].flat();
  const problem = problems.find((located) => located.code === code);
  assert.ok(problem, `no ${code} among ${problems.map((located) => located.code).join(" ")}`);
  const file = index.file(problem.path);
  assert.ok(file?.header);
  const context = { text: file.text, header: file.header, graph: index.graph, newId: () => "fresh" };
  const [fix] = fixesFor(problem, context);
  assert.ok(fix);
  index.setFile(file.path, applyEdits(file.text, fix.edits));
  const left = [...chainDiagnostics(index).values()].flat().map((located) => located.code);
  return { kind: fix.kind, subject: fix.subject, left };
}

describe("quick fixes", () => {
  const base: Header = { id: "a1b2c3", down: "null" };
  const cases = [
    {
      title: "takes the id that was meant",
      headers: [base, { id: "d4e5f6", down: '"a1b2c3"' }, { id: "zzzzzz", down: '"d4e5f7"' }],
      code: "missing-down-revision",
      expected: { kind: "reparent", subject: "d4e5f6", left: [] },
    },
    {
      title: "takes the head where no id is near",
      headers: [base, { id: "d4e5f6", down: '"a1b2c3"' }, { id: "zzzzzz", down: '"nowhere"' }],
      code: "missing-down-revision",
      expected: { kind: "reparent", subject: "d4e5f6", left: [] },
    },
    {
      title: "keeps the sound parent of a merge",
      headers: [
        base,
        { id: "d4e5f6", down: '"a1b2c3"' },
        { id: "e5f6a7", down: '"a1b2c3"' },
        { id: "zzzzzz", down: '["d4e5f6", "e5f6a8"]' },
      ],
      code: "missing-down-revision",
      expected: { kind: "reparent", subject: "e5f6a7", left: [] },
    },
    {
      title: "cuts a cycle",
      headers: [
        { id: "a1b2c3", down: '"d4e5f6"' },
        { id: "d4e5f6", down: '"a1b2c3"' },
      ],
      code: "cycle",
      expected: { kind: "make-base", subject: "", left: [] },
    },
    {
      title: "gives a duplicate a new id",
      headers: [base, { id: "a1b2c3", down: "null" }],
      code: "duplicate-revision",
      expected: { kind: "new-id", subject: "fresh", left: ["multiple-heads", "multiple-heads"] },
    },
    {
      title: "removes a dependency on nothing",
      headers: [{ ...base, extra: 'export const depends_on = "nowhere";' }],
      code: "missing-dependency",
      expected: { kind: "remove-dependency", subject: "nowhere", left: [] },
    },
    {
      title: "puts one head on the other",
      headers: [base, { id: "d4e5f6", down: '"a1b2c3"' }, { id: "e5f6a7", down: '"a1b2c3"' }],
      code: "multiple-heads",
      expected: { kind: "reparent", subject: "e5f6a7", left: [] },
    },
  ] as const;
  for (const { title, headers, code, expected } of cases) {
    it(title, () => {
      assert.deepEqual(repair(indexOf(...headers), code), expected);
    });
  }

  it("correct a comment that contradicts the code", () => {
    const index = indexOf(base);
    index.setFile("/v/0_a1b2c3.ts", textOf(base).replace("Revision ID: a1b2c3", "Revision ID: other"));
    assert.deepEqual(repair(index, "comment-contradicts-revision").left, []);
  });
});

describe("editDistance", () => {
  const cases = [
    ["abc", "abc", 0],
    ["abc", "abd", 1],
    ["abc", "acb", 1],
    ["abc", "ab", 1],
    ["", "abc", 3],
  ] as const;
  for (const [a, b, distance] of cases) {
    it(`of “${a}” and “${b}” is ${distance}`, () => {
      assert.equal(editDistance(a, b), distance);
    });
  }
});
