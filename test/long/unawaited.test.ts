import { checkEnding, endings } from "../database/endings/endings";

describe("what a revision leaves behind that nobody waits for, in every way", function () {
  this.timeout(60_000);
  for (const ending of endings) {
    it(`is no success: ${ending.name}`, () => checkEnding(ending));
  }
});
