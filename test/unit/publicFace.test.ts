import { deepEqual } from "node:assert/strict";
import * as face from "../../src/index";

describe("what a project may import", () => {
  it("is what the documentation names", () => {
    deepEqual(Object.keys(face).sort(), ["defineConfig", "invertOperation", "sql"]);
  });

  it("knows the way back of an operation that a hook puts in", () => {
    deepEqual(face.invertOperation({ kind: "createExtension", name: "pg_trgm", ifNotExists: true }), {
      kind: "dropExtension",
      name: "pg_trgm",
      ifExists: true,
    });
  });
});
