import { checkObjects } from "../../autogenerate/objects/objectCase";
import { objectCases } from "../../autogenerate/objects/objectCases";
import { sharedPostgres } from "../../support/sharedPostgres";

describe("all objects kept in files", function () {
  this.timeout(120_000);
  this.slow(20_000);
  for (const given of objectCases) {
    it(`${given.name}, tried on the embedded PostgreSQL`, async () =>
      checkObjects(await sharedPostgres(), given));
  }
});
