import assert from "node:assert/strict";
import {
  editedSince,
  nextDigests,
  readStored,
  toStored,
} from "../../../src/extension/applied/appliedDigests";

/** Digests by revision; a revision that is not there has no file. */
const reader = (digests: Readonly<Record<string, string>>) => (revision: string) =>
  new Map(Object.entries(digests)).get(revision);

const first = nextDigests(undefined, "shop_dev", ["a1", "b2"], reader({ a1: "x", b2: "y" }));

describe("what is remembered of applied revisions", () => {
  it("is what they said when they were first seen as applied", () => {
    assert.deepEqual(
      [...first.byRevision],
      [
        ["a1", "x"],
        ["b2", "y"],
      ],
    );
    const later = nextDigests(first, "shop_dev", ["a1", "b2", "c3"], reader({ a1: "x2", b2: "y", c3: "z" }));
    assert.deepEqual(
      [...later.byRevision],
      [
        ["a1", "x"],
        ["b2", "y"],
        ["c3", "z"],
      ],
    );
  });

  it("goes when a revision is reverted, so that it may be edited and applied again", () => {
    const reverted = nextDigests(first, "shop_dev", ["a1"], reader({ a1: "x", b2: "y" }));
    assert.deepEqual([...reverted.byRevision.keys()], ["a1"]);
    const again = nextDigests(reverted, "shop_dev", ["a1", "b2"], reader({ a1: "x", b2: "y2" }));
    assert.deepEqual([...editedSince(again, reader({ a1: "x", b2: "y2" }))], []);
  });

  it("is of one database", () => {
    const other = nextDigests(first, "shop_test", ["a1"], reader({ a1: "x2" }));
    assert.deepEqual(other, { database: "shop_test", byRevision: new Map([["a1", "x2"]]) });
  });

  it("is not made up for a revision without a file", () => {
    assert.deepEqual([...nextDigests(undefined, "shop_dev", ["gone"], reader({})).byRevision], []);
  });

  it("tells which say something else now; a deleted file is another problem", () => {
    assert.deepEqual([...editedSince(first, reader({ a1: "x2" }))], ["a1"]);
    assert.deepEqual([...editedSince(undefined, reader({ a1: "x" }))], []);
  });

  it("survives the editor's storage, whatever ids are called", () => {
    const digests = nextDigests(undefined, "db", ["__proto__", "constructor"], () => "d");
    assert.deepEqual(readStored(JSON.parse(JSON.stringify(toStored(digests)))), digests);
  });

  for (const stored of [
    undefined,
    null,
    "x",
    {},
    { database: 1, tokenDigests: [] },
    { database: "d", tokenDigests: {} },
    { database: "d", digests: [["a", "made-of-other-tokens"]] },
  ]) {
    it(`is nothing where ${JSON.stringify(stored)} was stored`, () => {
      assert.equal(readStored(stored), undefined);
    });
  }
});
