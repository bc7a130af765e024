import assert from "node:assert/strict";
import * as nodeModule from "node:module";
import { registerHooksOfNode } from "../../../src/project/loader/syncHooks";

describe("the hooks of import", () => {
  for (const version of ["20.19.0", "22.15.0", "24.11.1", "25.2.0"]) {
    it(`run on a thread of their own in Node ${version}`, () =>
      assert.equal(registerHooksOfNode(version), undefined));
  }

  for (const version of ["26.0.0", "27.1.0"]) {
    it(`run in the importing thread in Node ${version}, which warns of others`, () =>
      assert.equal(registerHooksOfNode(version), Reflect.get(nodeModule, "registerHooks")));
  }
});
