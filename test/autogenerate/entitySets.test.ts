import { sharedPostgres } from "../support/sharedPostgres";
import { entitySets } from "./sets/entitySets";
import { checkSet } from "./support/checkSet";
import { typeormVersions } from "./support/typeorm";

for (const version of typeormVersions) {
  describe(`autogenerate makes of an empty database what synchronize() of TypeORM ${version} does`, function () {
    this.timeout(120_000);
    this.slow(10_000);
    for (const set of entitySets) {
      if (set.only === undefined || set.only === version) {
        it(set.name, async () => checkSet(await sharedPostgres(), version, set));
      }
    }
  });
}
