import assert from "node:assert/strict";
import { useVariables } from "../../../src/project/processVariables";

const names = ["ALEMBIC_TEST_OWN", "ALEMBIC_TEST_FILE", "ALEMBIC_TEST_LATE"] as const;

describe("variables of a .env in a process that lives on", () => {
  const seen = (): readonly unknown[] => names.map((name) => process.env[name]);
  const [own, file, late] = names;

  before(() => {
    process.env[own] = "given";
    useVariables({});
  });
  after(() => names.forEach((name) => delete process.env[name]));

  it("are seen, but not in the place of those that the process was started with", () => {
    assert.equal(useVariables({ [own]: "of the file", [file]: "first" }), true);
    assert.deepEqual(seen(), ["given", "first", undefined]);
  });

  it("are nothing new when they are as before", () => {
    assert.equal(useVariables({ [own]: "given", [file]: "first" }), false);
  });

  it("follow the file", () => {
    assert.equal(useVariables({ [own]: "given", [file]: "second", [late]: "added" }), true);
    assert.deepEqual(seen(), ["given", "second", "added"]);
  });

  it("go when the file has them no more", () => {
    assert.equal(useVariables({ [own]: "given" }), true);
    assert.deepEqual(seen(), ["given", undefined, undefined]);
  });
});
