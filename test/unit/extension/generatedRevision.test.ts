import assert from "node:assert/strict";
import { driftText } from "../../../src/extension/autogenerate/driftText";
import { placeWarnings } from "../../../src/extension/autogenerate/lossRanges";

describe("the warnings of a generated file", () => {
  const text = `export async function upgrade({ op }: Migration): Promise<void> {
  // drops the column users.a (with what
  // is in it)
  await op.dropColumn("users", "a");
  // drops the table logs with all its rows
  await op.createThing("x", {
    y: 1,
  });
  // drops the table logs with all its rows
  await op.dropTable("logs");
}
`;
  const placed = (...warnings: readonly string[]): readonly (string | undefined)[] =>
    placeWarnings(
      text,
      warnings.map((words) => ({ code: "data-loss", text: words })),
    ).map(({ range }) => range && text.slice(range.start, range.end));

  it("are found over the breaks of lines, with the statement below", () => {
    assert.deepEqual(placed("drops the column users.a (with what is in it)"), [
      '// drops the column users.a (with what\n  // is in it)\n  await op.dropColumn("users", "a");',
    ]);
  });

  it("are found once each", () => {
    const loss = "drops the table logs with all its rows";
    assert.deepEqual(placed(loss, loss), [
      '// drops the table logs with all its rows\n  await op.createThing("x", {\n    y: 1,\n  });',
      '// drops the table logs with all its rows\n  await op.dropTable("logs");',
    ]);
  });

  it("have no place where the file does not say them", () => {
    assert.deepEqual(placed("drops everything"), [undefined]);
  });
});

describe("the document of a check for drift", () => {
  const headings = {
    title: "Title",
    warnings: "Warnings",
    questions: "Questions",
    undecided: "Undecided",
    drift: "Drift",
  };
  const nothing = {
    comparedWith: { kind: "revisions", reason: "asked-for", failure: undefined },
    operations: [],
    warnings: [],
    questions: [],
    undecided: [],
    drift: [],
  } as const;

  it("reads as a diff, with what else there is to know below", () => {
    const report = {
      ...nothing,
      operations: ["add column users.a", "alter column users.b (not null)", "drop table logs"],
      warnings: [
        { code: "data-loss", text: "drops the table logs with all its rows" },
        { code: "rename", text: "if it was renamed, say so" },
      ],
      questions: [{ kind: "table", from: "logs", to: "events", answer: "logs:events", score: 0.8 }],
      undecided: [{ kind: "table", name: "posts", revision: "a1" }],
      drift: ["table by_hand"],
    } as const;
    assert.equal(
      driftText(report, headings),
      `# Title

+ add column users.a
! alter column users.b (not null)
- drop table logs

# Warnings

  drops the table logs with all its rows

# Questions

  logs → events

# Undecided

  table posts

# Drift

  table by_hand
`,
    );
  });

  it("has no headings without lines", () => {
    assert.equal(
      driftText({ ...nothing, drift: ["table by_hand"] }, headings),
      "# Drift\n\n  table by_hand\n",
    );
  });
});
