import { plantedDrifts } from "../database/drift/plantedDrifts";
import { testPlantedDrifts } from "../database/drift/testPlantedDrifts";

for (const place of ["server", "embedded"] as const) {
  describe(`drift that somebody has planted on the ${place} is found, and mended as far as operations can`, function () {
    this.timeout(180_000);
    testPlantedDrifts(place, plantedDrifts);
  });
}
