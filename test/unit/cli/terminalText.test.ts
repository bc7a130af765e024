import assert from "node:assert/strict";
import { createProgress } from "../../../src/cli/progress";
import { terminalText } from "../../../src/cli/terminalText";

describe("a text on a terminal", () => {
  const cases: readonly (readonly [name: string, text: string, shown: string])[] = [
    ["a clipboard that is set (OSC 52)", "a\u001b]52;c;aGk=\u0007b", "a\\u001b]52;c;aGk=\\u0007b"],
    ["a screen that is cleared (CSI)", "\u001b[2J", "\\u001b[2J"],
    ["the same by one character (C1)", "\u009b2J", "\\u009b2J"],
    ["a line that is written over", "safe\rDROP", "safe\\u000dDROP"],
    ["writing that is turned round", "a\u202eb\u2066c", "a\\u202eb\\u2066c"],
    ["plain text of any language", "Grüße\tпривет 日本\n", "Grüße\tпривет 日本\n"],
  ];
  for (const [name, text, shown] of cases) {
    it(`shows ${name}`, () => {
      assert.equal(terminalText(text), shown);
    });
  }

  it("comes so from a server's notices", () => {
    const written: string[] = [];
    const progress = createProgress({ write: (text) => written.push(text) }, false);
    progress.report({ kind: "log", level: "info", message: "\u001b]52;c;aGk=\u0007" });
    assert.deepEqual(written, ["INFO  \\u001b]52;c;aGk=\\u0007\n"]);
  });
});
