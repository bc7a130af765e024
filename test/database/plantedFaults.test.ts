import assert from "node:assert/strict";
import { sharedPostgres } from "../support/sharedPostgres";
import { allFound, createPlantedProject, found, verify } from "./planted/plantedProject";

describe("verify, on planted faults", function () {
  this.timeout(120_000);
  const project = createPlantedProject(({ wrong }) => wrong);
  after(() => project.remove());

  it("finds each at its revision and names the object, in a database that was named", async () => {
    const database = await (await sharedPostgres()).createDatabase();
    assert.deepEqual(found(await verify(project, ["--database", database])), allFound);
  });
});
