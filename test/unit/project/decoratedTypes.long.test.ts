import { checkEmittedTypes } from "./decoratedTypes";

/** Each format and each strictness once; all together are in test/long. */
describe("the types of decorated members", function () {
  this.timeout(120_000);
  it("are emitted as tsc emits them: CommonJS, strict", () => checkEmittedTypes("CommonJS", true));
  it("are emitted as tsc emits them: ESM, not strict", () => checkEmittedTypes("ESM", false));
});
