import assert from "node:assert/strict";
import { isRevisionPath } from "../../../src/source/revisionFileNames";
import { revisionFilePaths } from "../../support/revisionFilePaths";

describe("which files of a version folder may be revisions", () => {
  for (const [path, mayBe] of revisionFilePaths) {
    it(`${path}: ${mayBe ? "yes" : "no"}`, () => {
      assert.equal(isRevisionPath(path), mayBe);
    });
  }
});
