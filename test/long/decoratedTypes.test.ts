import { checkEmittedTypes } from "../unit/project/decoratedTypes";

describe("the types of decorated members, otherwise than in the quick tests", function () {
  this.timeout(120_000);
  it("are emitted as tsc emits them: CommonJS, not strict", () => checkEmittedTypes("CommonJS", false));
  it("are emitted as tsc emits them: ESM, strict", () => checkEmittedTypes("ESM", true));
});
