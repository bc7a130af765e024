import assert from "node:assert/strict";
import { allFound, allPassed, createPlantedProject, found, verify } from "../database/planted/plantedProject";
import { sharedPostgres } from "../support/sharedPostgres";

describe("verify, on planted faults", function () {
  this.timeout(300_000);
  const wrong = createPlantedProject((fault) => fault.wrong);
  const right = createPlantedProject((fault) => fault.back);
  after(() => {
    wrong.remove();
    right.remove();
  });

  it("finds each at its revision and names the object, in a database that was named", async () => {
    const database = await (await sharedPostgres()).createDatabase();
    assert.deepEqual(found(await verify(wrong, ["--database", database])), allFound);
  });

  it("finds each on a scratch database, and that all run at once", async () => {
    const result = await verify(wrong);
    assert.deepEqual(found(result), allFound);
    assert.deepEqual(result.wholeRun, { kind: "passed" });
  });

  it("says nothing on a scratch database where the way back is right", async () => {
    const result = await verify(right);
    assert.deepEqual(found(result), allPassed);
    assert.deepEqual(result.wholeRun, { kind: "passed" });
  });

  it("says nothing on a server where the way back is right", async () => {
    const database = await (await sharedPostgres()).createDatabase();
    assert.deepEqual(found(await verify(right, ["--database", database])), allPassed);
  });
});
