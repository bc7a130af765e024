import { sharedPostgres } from "../support/sharedPostgres";
import { combinedPairs } from "./pairs/combinedPairs";
import { rebuiltViewPairs } from "./pairs/rebuiltViewPairs";
import { checkPair } from "./support/checkPair";

/** Each third of them; all of them, under both versions of TypeORM, are in test/long. */
const some = [...combinedPairs, ...rebuiltViewPairs].filter((_pair, index) => index % 3 === 0);

describe("autogenerate makes changes that are in each other's way", function () {
  this.timeout(120_000);
  this.slow(10_000);
  for (const pair of some) {
    it(pair.name, async () => {
      await checkPair(await sharedPostgres(), "1.x", pair);
    });
  }
});
