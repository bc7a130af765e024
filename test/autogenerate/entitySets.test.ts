import { sharedPostgres } from "../support/sharedPostgres";
import { entitySets } from "./sets/entitySets";
import { checkSet } from "./support/checkSet";
import { checkSynchronized } from "./support/checkSynchronized";
import { typeormVersions } from "./support/typeorm";

/** A part of the sets; all of them, under both versions and on both kinds of PostgreSQL, are in test/long. */
const some = entitySets.filter(({ onEmbedded }) => onEmbedded === true);

for (const version of typeormVersions) {
  describe(`autogenerate makes of an empty database what synchronize() of TypeORM ${version} does`, function () {
    this.timeout(120_000);
    this.slow(10_000);
    for (const [index, set] of some.entries()) {
      const isTaken = version === "1.x" ? set.only !== "0.3" : set.only !== "1.x" && index % 3 === 0;
      if (isTaken) {
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
  for (const set of entitySets.filter(({ only }, index) => only !== "0.3" && index % 3 === 0)) {
    it(set.name, async () => checkSynchronized(await sharedPostgres(), "1.x", set));
  }
});
