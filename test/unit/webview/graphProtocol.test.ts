import assert from "node:assert/strict";
import {
  graphActions,
  isActionPossible,
  readMessageFromPage,
  type GraphMark,
} from "../../../src/webview/graph/protocol";

describe("the actions of the graph page", () => {
  const cases: readonly (readonly [GraphMark, readonly string[]])[] = [
    ["unknown", ["open", "upgrade", "downgrade", "preview"]],
    ["pending", ["open", "upgrade", "preview"]],
    ["applied", ["open", "downgrade", "preview"]],
    ["current", ["open", "downgrade", "preview"]],
    ["missing", []],
  ];
  for (const [mark, possible] of cases) {
    it(`are ${possible.join(", ") || "none"} for a revision that is ${mark}`, () => {
      assert.deepEqual(
        graphActions.filter((action) => isActionPossible(action, mark)),
        possible,
      );
    });
  }
});

describe("messages of the graph page", () => {
  const cases: readonly (readonly [title: string, message: unknown, read: unknown])[] = [
    ["ready", { kind: "ready" }, { kind: "ready" }],
    [
      "a search",
      { kind: "find", version: 1, text: "roles", from: 2, isBackward: false, more: 1 },
      { kind: "find", version: 1, text: "roles", from: 2, isBackward: false },
    ],
    [
      "a search without a direction",
      { kind: "find", version: 1, text: "roles", from: 2 },
      { kind: "find", version: 1, text: "roles", from: 2, isBackward: false },
    ],
    ["a search for no text", { kind: "find", version: 1, text: 7, from: 2 }, undefined],
    ["an unknown action", { kind: "act", version: 1, row: 1, action: "drop" }, undefined],
    [
      "an action",
      { kind: "act", version: 1, row: 1, action: "upgrade" },
      { kind: "act", version: 1, row: 1, action: "upgrade" },
    ],
    [
      "a command for the whole graph",
      { kind: "command", version: 1, command: "export", path: "/etc/passwd" },
      { kind: "command", version: 1, command: "export" },
    ],
    ["an unknown command", { kind: "command", version: 1, command: "downgrade" }, undefined],
    ["an action on no row", { kind: "act", version: 1, row: "a1", action: "open" }, undefined],
    ["nothing", null, undefined],
  ];
  for (const [title, message, read] of cases) {
    it(`${title} ${read === undefined ? "is refused" : "is read"}`, () => {
      assert.deepEqual(readMessageFromPage(message), read);
    });
  }
});
