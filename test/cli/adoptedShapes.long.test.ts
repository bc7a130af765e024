import { checkMigrationShape, migrationShapes } from "../adopted/migrationShapes";

/** Each under one version in turn; all, under both, are in test/long. */
describe("adopted migrations of other people's shapes", function () {
  this.timeout(120_000);
  for (const [index, shape] of migrationShapes.entries()) {
    const typeorm = index % 2 === 0 ? "typeorm" : "typeorm-0.3";
    it(`${shape.title}, with ${typeorm}`, () => checkMigrationShape(shape, typeorm));
  }
});
