import { adoptedKinds } from "../adopted/adoptedKinds";
import { applicationKinds } from "../adopted/applicationKinds";
import { buildKinds } from "../adopted/buildKinds";
import { migrationKinds } from "../adopted/migrationKinds";
import { checkAdoption } from "../adopted/checkAdoption";
import { checkMigrationShape, migrationShapes } from "../adopted/migrationShapes";

for (const typeorm of ["typeorm", "typeorm-0.3"] as const) {
  describe(`an application's migrations and entities, with ${typeorm}`, function () {
    this.timeout(300_000);
    for (const kind of [...adoptedKinds, ...applicationKinds, ...buildKinds, ...migrationKinds]) {
      it(kind.title, () => checkAdoption(kind, typeorm));
    }
  });

  describe(`adopted migrations of other people's shapes, with ${typeorm}`, function () {
    this.timeout(300_000);
    for (const shape of migrationShapes) {
      it(shape.title, () => checkMigrationShape(shape, typeorm));
    }
  });
}
