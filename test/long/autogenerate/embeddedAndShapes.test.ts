import assert from "node:assert/strict";
import { entitySets } from "../../autogenerate/sets/entitySets";
import { checkShape } from "../../autogenerate/shapes/checkShape";
import { projectShapes } from "../../autogenerate/shapes/projectShapes";
import { checkSetEmbedded } from "../../autogenerate/support/embedded";

describe("autogenerate on the embedded PostgreSQL does what synchronize() does", function () {
  this.timeout(300_000);
  for (const set of entitySets.filter(({ onEmbedded, only }) => onEmbedded === true && only !== "0.3")) {
    it(set.name, () => checkSetEmbedded("1.x", set));
  }
});

describe("autogenerate from the command line, in projects of every shape", function () {
  this.timeout(300_000);
  let wanted: string | undefined;
  for (const shape of projectShapes) {
    it(shape.name, async () => {
      const dump = await checkShape(shape);
      wanted ??= dump;
      assert.equal(dump, wanted);
    });
  }
});
