import { sharedPostgres } from "../support/sharedPostgres";
import { entityPairs } from "./pairs/entityPairs";
import { checkPair } from "./support/checkPair";

/** Each fourth of them; all of them, under both versions, are in test/long. */
const some = entityPairs.filter((_pair, index) => index % 4 === 0);

describe("autogenerate changes a database with rows", function () {
  this.timeout(120_000);
  this.slow(10_000);
  for (const pair of some) {
    if (pair.only !== "0.3") {
      it(pair.name, async () => {
        await checkPair(await sharedPostgres(), "1.x", pair);
      });
    }
  }
});
