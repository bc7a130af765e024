import { plantedDrifts } from "./plantedDrifts";
import { testPlantedDrifts } from "./testPlantedDrifts";

describe("drift that somebody has planted is found, and mended as far as operations can", function () {
  this.timeout(120_000);
  testPlantedDrifts(
    "embedded",
    plantedDrifts.filter(({ isSample }) => isSample === true),
  );
});
