import assert from "node:assert/strict";
import { moveBranch } from "../../../src/revision/moveBranch";
import { chain } from "../extension/chain";

describe("a branch that is put on another revision", () => {
  const cases: readonly {
    readonly title: string;
    readonly lines: readonly string[];
    readonly tip: string;
    readonly onto: string;
    readonly move: unknown;
  }[] = [
    {
      title: "moves with all that stands on its first revision",
      lines: ["a:", "b: a", "c: a", "d: c", "e: c"],
      tip: "d",
      onto: "b",
      move: { kind: "move", first: "c", moved: ["c", "d", "e"], gained: ["b"] },
    },
    {
      title: "moves to a revision that is no head",
      lines: ["a:", "b: a", "f: b", "c: a"],
      tip: "c",
      onto: "b",
      move: { kind: "move", first: "c", moved: ["c"], gained: ["b"] },
    },
    {
      title: "moves with a merge of its own that also stands on what is below",
      lines: ["a:", "b: a", "c: a", "d: b c", "e: a"],
      tip: "e",
      onto: "d",
      move: { kind: "move", first: "e", moved: ["e"], gained: ["b", "c", "d"] },
    },
    {
      title: "stays where it stands on that revision",
      lines: ["a:", "b: a"],
      tip: "b",
      onto: "a",
      move: { kind: "in-place" },
    },
    {
      title: "stays where the other revision is above it",
      lines: ["a:", "b: a", "c: b"],
      tip: "a",
      onto: "c",
      move: { kind: "in-place" },
    },
    {
      title: "stays where it begins with several revisions",
      lines: ["a:", "b: a", "c: a", "d: b c", "e: a"],
      tip: "d",
      onto: "e",
      move: { kind: "several-firsts", firsts: ["b", "c"] },
    },
  ];
  for (const { title, lines, tip, onto, move } of cases) {
    it(title, () => {
      const result = moveBranch(chain(...lines), tip, onto);
      const shown =
        result.kind === "move"
          ? {
              ...result,
              first: result.first.revision,
              moved: result.moved.toSorted(),
              gained: result.gained.toSorted(),
            }
          : result.kind === "several-firsts"
            ? { ...result, firsts: result.firsts.toSorted() }
            : result;
      assert.deepEqual(shown, move);
    });
  }
});
