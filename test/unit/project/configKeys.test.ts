import assert from "node:assert/strict";
import { nearestConfigKey } from "../../../src/project/configKeys";

const keys: readonly (readonly [written: string, meant: string | undefined])[] = [
  ["script_location", "scriptLocation"],
  ["urll", "url"],
  ["includeObj", "includeObject"],
  ["locktimeout", "lockTimeout"],
  ["x", undefined],
  ["foo", undefined],
  ["entities", undefined],
];

describe("nearestConfigKey", () => {
  for (const [written, meant] of keys) {
    it(`takes ${written} for ${meant ?? "no key"}`, () => assert.equal(nearestConfigKey(written), meant));
  }
});
