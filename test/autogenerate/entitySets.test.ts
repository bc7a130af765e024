import { sharedPostgres } from "../support/sharedPostgres";
import { entitySets } from "./sets/entitySets";
import { checkSet } from "./support/checkSet";
import { checkSynchronized } from "./support/checkSynchronized";
import { typeormVersions } from "./support/typeorm";

/** A part of the sets; all of them, under both versions and on both kinds of PostgreSQL, are in test/long. */
const some = entitySets.filter(({ onEmbedded }) => onEmbedded === true);
/** Of so many one is taken, and which: the others under the other version where they can be. */
const shares = { "1.x": { of: 12, taken: 0 }, "0.3": { of: 24, taken: 1 } } as const;

for (const version of typeormVersions) {
  describe(`autogenerate makes of an empty database what synchronize() of TypeORM ${version} does`, function () {
    this.timeout(120_000);
    this.slow(10_000);
    for (const [index, set] of some.entries()) {
      const { of, taken } = shares[version];
      if (index % of === taken && (set.only === undefined || set.only === version)) {
        it(set.name, async () => {
          await checkSet(await sharedPostgres(), version, set);
        });
      }
    }
  });
}

describe("autogenerate finds nothing to do after synchronize()", function () {
  this.timeout(120_000);
  this.slow(10_000);
  for (const set of entitySets.filter(({ only }, index) => only !== "0.3" && index % 36 === 0)) {
    it(set.name, async () => checkSynchronized(await sharedPostgres(), "1.x", set));
  }
});
