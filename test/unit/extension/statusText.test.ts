import assert from "node:assert/strict";
import { appliedRevisions } from "../../../src/extension/database/databaseState";
import type { DatabaseState } from "../../../src/extension/database/databaseState";
import type { EnvironmentChoice } from "../../../src/extension/environments/environmentChoice";
import { summarise } from "../../../src/extension/statusBar/statusText";
import { chain, databaseAt } from "./chain";

describe("the status bar's summary", () => {
  const graph = chain("a1:", "b2: a1", "c3: b2");
  const byDefault: EnvironmentChoice = { kind: "default" };
  const staging: EnvironmentChoice = { kind: "environment", name: "staging" };
  const cases: readonly {
    readonly title: string;
    readonly state: DatabaseState;
    readonly choice: EnvironmentChoice;
    readonly isProduction?: boolean;
    readonly expected: ReturnType<typeof summarise>;
  }[] = [
    {
      title: "counts nothing before the database was asked",
      state: { kind: "unknown" },
      choice: byDefault,
      expected: {
        icon: "database",
        name: undefined,
        pendingCount: undefined,
        check: "unknown",
        background: undefined,
      },
    },
    {
      title: "names the chosen environment",
      state: { kind: "unknown" },
      choice: staging,
      expected: {
        icon: "database",
        name: "staging",
        pendingCount: undefined,
        check: "unknown",
        background: undefined,
      },
    },
    {
      title: "counts what is pending",
      state: databaseAt("a1"),
      choice: byDefault,
      expected: {
        icon: "database",
        name: "shop_dev",
        pendingCount: 2,
        check: "known",
        background: undefined,
      },
    },
    {
      title: "warns of rows that no file has",
      state: databaseAt("zz"),
      choice: byDefault,
      expected: {
        icon: "warning",
        name: "shop_dev",
        pendingCount: undefined,
        check: "known",
        background: "warning",
      },
    },
    {
      title: "stands out in production",
      state: databaseAt("c3"),
      choice: staging,
      isProduction: true,
      expected: { icon: "shield", name: "shop_dev", pendingCount: 0, check: "known", background: "error" },
    },
    {
      title: "says that a question failed",
      state: { kind: "failed", message: "unreachable" },
      choice: staging,
      expected: {
        icon: "warning",
        name: "staging",
        pendingCount: undefined,
        check: "failed",
        background: "warning",
      },
    },
  ];
  for (const { title, state, choice, isProduction = false, expected } of cases) {
    it(title, () => {
      assert.deepEqual(summarise(state, appliedRevisions(graph, state), choice, isProduction), expected);
    });
  }
});
