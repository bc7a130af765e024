import assert from "node:assert/strict";
import { entityPairs } from "../autogenerate/pairs/entityPairs";
import { equalDefaultPairs } from "../autogenerate/pairs/equalDefaultPairs";
import { leftAlonePairs } from "../autogenerate/pairs/leftAlonePairs";
import { entitySets } from "../autogenerate/sets/entitySets";
import { checkShape } from "../autogenerate/shapes/checkShape";
import { projectShapes } from "../autogenerate/shapes/projectShapes";
import { checkPair } from "../autogenerate/support/checkPair";
import { checkSet } from "../autogenerate/support/checkSet";
import { compilerMessages } from "../autogenerate/support/compileTexts";
import { checkSynchronized } from "../autogenerate/support/checkSynchronized";
import { checkSetEmbedded } from "../autogenerate/support/embedded";
import { typeormVersions } from "../autogenerate/support/typeorm";
import { sharedPostgres } from "../support/sharedPostgres";

/** The texts that were generated. */
const written = new Map<string, string>();

for (const version of typeormVersions) {
  const isTaken = ({ only }: { readonly only?: string }): boolean => only === undefined || only === version;

  describe(`autogenerate makes of an empty database what synchronize() of TypeORM ${version} does`, function () {
    this.timeout(300_000);
    for (const set of entitySets.filter(isTaken)) {
      it(set.name, async () => {
        written.set(`${String(written.size)}.ts`, await checkSet(await sharedPostgres(), version, set));
      });
    }
  });

  describe(`autogenerate finds nothing to do after synchronize() of TypeORM ${version}`, function () {
    this.timeout(300_000);
    for (const set of entitySets.filter(isTaken)) {
      it(set.name, async () => checkSynchronized(await sharedPostgres(), version, set));
    }
  });

  describe(`autogenerate with TypeORM ${version} changes a database with rows`, function () {
    this.timeout(300_000);
    for (const pair of [...entityPairs, ...equalDefaultPairs, ...leftAlonePairs].filter(isTaken)) {
      it(pair.name, async () => {
        written.set(`${String(written.size)}.ts`, await checkPair(await sharedPostgres(), version, pair));
      });
    }
  });
}

describe("the revisions of all entities and changes", function () {
  this.timeout(300_000);

  it("compile at the compiler's strictest", () => {
    assert.deepEqual(compilerMessages(written), new Map([...written.keys()].map((name) => [name, []])));
  });
});

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
