import { sharedPostgres } from "../support/sharedPostgres";
import { entityPairs } from "./pairs/entityPairs";
import { checkPair } from "./support/checkPair";
import { typeormVersions } from "./support/typeorm";

/** Of so many one is taken; all of them, under both versions, are in test/long. */
const shares = { "1.x": 60, "0.3": 160 } as const;

for (const version of typeormVersions) {
  describe(`autogenerate with TypeORM ${version} changes a database with rows`, function () {
    this.timeout(120_000);
    this.slow(10_000);
    for (const [index, pair] of entityPairs.entries()) {
      if (index % shares[version] === 0 && (pair.only === undefined || pair.only === version)) {
        it(pair.name, async () => {
          await checkPair(await sharedPostgres(), version, pair);
        });
      }
    }
  });
}
