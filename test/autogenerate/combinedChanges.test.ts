import { sharedPostgres } from "../support/sharedPostgres";
import { combinedPairs } from "./pairs/combinedPairs";
import { rebuiltViewPairs } from "./pairs/rebuiltViewPairs";
import { checkPair } from "./support/checkPair";

describe("autogenerate makes several changes at once", function () {
  this.timeout(120_000);
  this.slow(10_000);
  for (const pair of combinedPairs) {
    it(pair.name, async () => {
      await checkPair(await sharedPostgres(), "1.x", pair);
    });
  }
});

describe("autogenerate creates a view again with what was given to it by hand", function () {
  this.timeout(120_000);
  this.slow(10_000);
  for (const pair of rebuiltViewPairs) {
    it(pair.name, async () => {
      await checkPair(await sharedPostgres(), "1.x", pair);
    });
  }
});
