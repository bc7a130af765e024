import assert from "node:assert/strict";
import { hintForLoadFailure } from "../../../src/project/loader/loadHints";

describe("the hint for a file that cannot be loaded", () => {
  const early = new ReferenceError("Cannot access 'Post' before initialization");

  it("says what to do about ES modules that import each other", () => {
    assert.equal(
      hintForLoadFailure(early, "/project/user.mts"),
      "The files import each other, and this one runs before the one with Post. Read Post in a function, as in () => Post, or move what both need into a third file.",
    );
  });

  it("says nothing of it in a CommonJS file, where the name is one of its own", () => {
    assert.equal(hintForLoadFailure(early, "/project/user.cts"), undefined);
  });
});
