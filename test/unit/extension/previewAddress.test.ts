import assert from "node:assert/strict";
import { previewPath, previewQuery, readPreviewQuery } from "../../../src/extension/preview/previewAddress";
import type { PreviewAddress } from "../../../src/extension/preview/previewAddress";

describe("the address of an SQL preview", () => {
  const address: PreviewAddress = {
    projectId: "file:///shop/alembic.config.ts",
    direction: "upgrade",
    range: "a1:b2",
    revision: "b2",
  };

  it("survives the way through a URI", () => {
    assert.deepEqual(readPreviewQuery(previewQuery(address)), address);
    const run: PreviewAddress = { ...address, range: "base:head", revision: undefined };
    assert.deepEqual(readPreviewQuery(previewQuery(run)), run);
  });

  it("ends in .sql and holds no separators from names", () => {
    assert.equal(previewPath(address), "/b2.upgrade.sql");
    assert.equal(
      previewPath({ ...address, range: "base:head", revision: undefined }),
      "/base to head.upgrade.sql",
    );
    assert.equal(previewPath({ ...address, revision: "../b2" }), "/.._b2.upgrade.sql");
  });

  for (const query of ["", "{}", "[1]", '["p","sideways","a:b",null]', '["p","upgrade",1,null]']) {
    it(`is not read from ${query === "" ? "nothing" : query}`, () => {
      assert.equal(readPreviewQuery(query), undefined);
    });
  }
});
