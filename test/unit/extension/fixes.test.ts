import assert from "node:assert/strict";
import { fixesFor } from "../../../src/extension/quickFixes/fixes";
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

/** Applies the first repair, or the one of this kind, of the first problem with this code; gives the codes that are left. */
function repair(
  index: RevisionIndex,
  code: string,
  kind?: string,
): { readonly kind: string; readonly subject: string; readonly left: readonly string[] } {
  const problems = [...chainDiagnostics(index).values()].flat();
  const problem = problems.find((located) => located.code === code);
  assert.ok(problem, `no ${code} among ${problems.map((located) => located.code).join(" ")}`);
  const file = index.file(problem.path);
  assert.ok(file?.header);
  const files = index.files.flatMap(({ path, text, header }) =>
    header === undefined ? [] : [{ path, text, header }],
  );
  const { path, text, header } = file;
  const fixes = fixesFor(problem, { path, text, header, files, graph: index.graph, newId: () => "fresh" });
  const fix = kind === undefined ? fixes[0] : fixes.find((candidate) => candidate.kind === kind);
  assert.ok(fix, fixes.map((candidate) => candidate.kind).join(" "));
  for (const [edited, edits] of fix.edits) {
    index.setFile(edited, applyEdits(index.file(edited)?.text ?? "", edits));
  }
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
      expected: { kind: "cut-cycle", subject: "d4e5f6", left: [] },
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

  it("give a duplicate a new id, and take the revisions that name it along", () => {
    const index = indexOf(base, { id: "d4e5f6", down: '"a1b2c3"' }, { id: "zzzzzz", down: '"d4e5f6"' });
    index.setFile("/v/3_copy.ts", textOf({ id: "d4e5f6", down: '"a1b2c3"' }));
    const { left } = repair(index, "duplicate-revision", "new-id-everywhere");
    assert.deepEqual(left, ["multiple-heads", "multiple-heads"]);
    assert.deepEqual(index.graph.get("zzzzzz")?.downRevisions, ["fresh"]);
  });

  it("move a branch by its first revision, so that nothing of it is left behind", () => {
    const index = indexOf(
      base,
      { id: "d4e5f6", down: '"a1b2c3"' },
      { id: "e5f6a7", down: '"a1b2c3"' },
      { id: "f6a7b8", down: '"d4e5f6"' },
    );
    const done = repair(index, "multiple-heads", "reparent");
    assert.deepEqual([done.subject, done.left], ["f6a7b8", []]);
    assert.deepEqual(index.graph.heads, ["e5f6a7"]);
  });

  it("move a longer branch from the file of its head", () => {
    const index = indexOf(
      base,
      { id: "d4e5f6", down: '"a1b2c3"' },
      { id: "e5f6a7", down: '"d4e5f6"' },
      { id: "f6a7b8", down: '"a1b2c3"' },
    );
    const done = repair(index, "multiple-heads", "reparent-branch");
    assert.deepEqual([done.subject, done.left], ["f6a7b8", []]);
    assert.deepEqual(index.graph.get("d4e5f6")?.downRevisions, ["f6a7b8"]);
  });

  it("say that there is no way back, where a downgrade is empty", () => {
    const index = new RevisionIndex();
    const text = textOf(base).replace("upgrade() {}", "upgrade() { work(); }");
    index.setFile(
      "/v/a.ts",
      text.replace("downgrade() { work(); }", "downgrade({ op }: Migration): Promise<void> {}"),
    );
    assert.deepEqual(repair(index, "empty-downgrade").left, []);
    assert.match(index.file("/v/a.ts")?.text ?? "", /Promise<void> \{\n {2}throw new Error\(".*"\);\n\}/);
  });

  it("correct a comment that contradicts the code", () => {
    const index = indexOf(base);
    index.setFile("/v/0_a1b2c3.ts", textOf(base).replace("Revision ID: a1b2c3", "Revision ID: other"));
    assert.deepEqual(repair(index, "comment-contradicts-revision").left, []);
  });
});
