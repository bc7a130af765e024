import assert from "node:assert/strict";
import { chainDiagnostics } from "../../../src/source/chainDiagnostics";
import { describeProblem } from "../../../src/revision/problems";
import { describeFileProblem } from "../../../src/source/fileProblem";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { RevisionIndex } from "../../../src/source/revisionIndex";

const UPGRADE = "export async function upgrade() {\n  await 1;\n}\n";
const BOTH = `${UPGRADE}export async function downgrade() {\n  await 2;\n}\n`;

function file(revision: string, parent: unknown, more: Record<string, unknown> = {}, body = BOTH): string {
  const lines = Object.entries({ revision, down_revision: parent, ...more }).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`,
  );
  return lines.join("") + body;
}

/** Each problem as `path:line severity code |marked text| -> related`. */
function diagnose(files: Record<string, string>): readonly string[] {
  const index = new RevisionIndex();
  index.replaceAll(Object.entries(files));
  for (const { path, text } of index.filesWithProblems) {
    index.setFile(path, text, parseRevisionFile(text, path));
  }
  const texts = new Map(Object.entries(files));
  const place = ({ path, range }: { path: string; range: { start: number; end: number } }) => {
    const text = texts.get(path) ?? "";
    return `${path}:${text.slice(0, range.start).split("\n").length} |${text.slice(range.start, range.end)}|`;
  };
  const findings = new Map([...texts].map(([path, text]) => [path, parseRevisionFile(text, path)] as const));
  return [...chainDiagnostics(index, findings).values()].flat().map((problem) => {
    const { message, hint } =
      "fatal" in problem.problem ? describeProblem(problem.problem) : describeFileProblem(problem.problem);
    assert.equal(message !== "" && hint !== "", true);
    const related = problem.related.map(place).join(", ");
    return `${place(problem)} ${problem.severity} ${problem.code}${related === "" ? "" : ` -> ${related}`}`;
  });
}

const CASES: readonly { name: string; files: Record<string, string>; problems: readonly string[] }[] = [
  {
    name: "a Python file keeps its place in the chain where only its labels take running",
    files: {
      "a.py":
        "revision = 'a'\ndown_revision = None\nbranch_labels = (cli.X,)\ndef upgrade(): pass\ndef downgrade(): pass\n",
      "b.py": "revision = 'b'\ndown_revision = 'a'\ndef upgrade(): pass\ndef downgrade(): pass\n",
    },
    problems: ["a.py:3 |(cli.X,)| information undecided-header"],
  },
  {
    name: "a Python file whose parent takes running is left out alone",
    files: {
      "a.py": "revision = 'a'\ndown_revision = parent()\ndef upgrade(): pass\ndef downgrade(): pass\n",
      "b.py": "revision = 'b'\ndown_revision = None\ndef upgrade(): pass\ndef downgrade(): pass\n",
    },
    problems: ["a.py:2 |parent()| error undecided-header"],
  },
  {
    name: "a sound chain has none",
    files: { "a.ts": file("a", null), "b.ts": file("b", "a", { branch_labels: ["x"] }) },
    problems: [],
  },
  {
    name: "a missing parent, on its own string",
    files: { "a.ts": file("a", null), "b.ts": file("b", ["a", "gone"]) },
    problems: ["b.ts:2 |gone| error missing-down-revision"],
  },
  {
    name: "a missing dependency",
    files: { "a.ts": file("a", null), "b.ts": file("b", "a", { depends_on: ["gone"] }) },
    problems: ["b.ts:3 |gone| error missing-dependency"],
  },
  {
    name: "a duplicate id, in every file",
    files: { "a.ts": file("a", null), "b.ts": file("a", null) },
    problems: [
      "a.ts:1 |a| error duplicate-revision -> b.ts:1 |a|",
      "b.ts:1 |a| error duplicate-revision -> a.ts:1 |a|",
    ],
  },
  {
    name: "several heads, on each head",
    files: { "a.ts": file("a", null), "b.ts": file("b", "a"), "c.ts": file("c", "a") },
    problems: [
      "b.ts:1 |b| warning multiple-heads -> c.ts:1 |c|",
      "c.ts:1 |c| warning multiple-heads -> b.ts:1 |b|",
    ],
  },
  {
    name: "a label defined twice",
    files: {
      "a.ts": file("a", null, { branch_labels: ["x"] }),
      "b.ts": file("b", "a", { branch_labels: ["y", "x"] }),
    },
    problems: ["b.ts:3 |x| error duplicate-label -> a.ts:3 |x|"],
  },
  {
    name: "a label that is an id",
    files: { "a.ts": file("a", null), "b.ts": file("b", "a", { branch_labels: ["a"] }) },
    problems: ["b.ts:3 |a| error label-equals-revision -> a.ts:1 |a|"],
  },
  {
    name: "an id that is too long, and one that is empty",
    files: { "a.ts": file("a".repeat(33), null), "b.ts": file("", "a".repeat(33)) },
    problems: [`a.ts:1 |${"a".repeat(33)}| warning id-too-long`, 'b.ts:1 |""| error empty-id'],
  },
  {
    name: "a comment that says something else",
    files: {
      "a.ts": `/**\n * Revision ID: b\n * Revises: c, d\n */\n${file("a", null)}`,
      "b.ts": `/**\n * Revision ID: b\n * Revises: a\n */\n${file("b", ["a"])}`,
    },
    problems: [
      "a.ts:2 |b| warning comment-contradicts-revision",
      "a.ts:3 |c, d| warning comment-contradicts-down-revision",
    ],
  },
  {
    name: "functions that are missing or empty",
    files: {
      "a.ts": file("a", null, {}, ""),
      "b.ts": file("b", "a", {}, UPGRADE),
      "c.ts": file("c", "b", {}, `${UPGRADE}export async function downgrade() {}\n`),
      "d.ts": file(
        "d",
        "c",
        {},
        "export async function upgrade() {}\nexport async function downgrade() {}\n",
      ),
    },
    problems: [
      "a.ts:1 |a| error missing-upgrade",
      "b.ts:3 |upgrade| warning missing-downgrade",
      "c.ts:6 |downgrade| information empty-downgrade",
    ],
  },
  {
    name: "syntax errors, and headers that nobody can read",
    files: {
      "a.ts": 'export const revision = "a"\nexport const down_revision = ;\n',
      "b.ts": "export const revision = make();\nexport const down_revision = null;\n",
      "c.ts": `${file("c", null)}const x = 1;\nconst x = 2;\n`,
    },
    problems: [
      "a.ts:2 |;| error syntax-error",
      "b.ts:1 |make()| error undecided-header",
      "c.ts:10 |x| error syntax-error",
    ],
  },
  {
    name: "a catch around an operation, beside a syntax error that the parser passes",
    files: {
      "a.ts": file(
        "a",
        null,
        {},
        "export async function upgrade({ op }) {\n  try {\n    await op.dropTable('t');\n  } catch {}\n}\nexport async function downgrade() {\n  throw 1;\n}\nconst x = 1;\nconst x = 2;\n",
      ),
    },
    problems: ["a.ts:6 |catch| warning caught-operation", "a.ts:12 |x| error syntax-error"],
  },
  {
    name: "a revision that is its own parent",
    files: { "a.ts": file("a", "a") },
    problems: ["a.ts:2 |a| error self-loop"],
  },
  {
    name: "a cycle, on the strings that make it",
    files: { "a.ts": file("a", "c"), "b.ts": file("b", "a"), "c.ts": file("c", "b"), "d.ts": file("d", "c") },
    problems: [
      "a.ts:2 |c| error cycle -> b.ts:2 |a|, c.ts:2 |b|",
      "b.ts:2 |a| error cycle -> a.ts:2 |c|, c.ts:2 |b|",
      "c.ts:2 |b| error cycle -> a.ts:2 |c|, b.ts:2 |a|",
    ],
  },
];

describe("problems of revision files", () => {
  for (const { name, files, problems } of CASES) {
    it(name, () => {
      assert.deepEqual([...diagnose(files)].map(relatedInOrder), problems);
    });
  }

  it("leaves the present text alone where the header is of an earlier one", () => {
    const index = new RevisionIndex();
    index.setFile("a.ts", `/** Revision ID: b */\n${file("a", "gone")}`);
    index.setFile("a.ts", "revision = {");
    const problems = [...chainDiagnostics(index).values()].flat();
    assert.deepEqual(
      problems.map(({ code, range }) => [code, range.end <= "revision = {".length]),
      [
        ["undecided-header", true],
        ["missing-down-revision", true],
      ],
    );
  });
});

function relatedInOrder(line: string): string {
  const [problem = "", related] = line.split(" -> ");
  return related === undefined ? problem : `${problem} -> ${related.split(", ").sort().join(", ")}`;
}
