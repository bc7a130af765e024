import assert from "node:assert/strict";
import { findPosition } from "../../../src/operations/callSite";

describe("a place on a stack", () => {
  const cases: readonly (readonly [frame: string, path: string])[] = [
    ["at upgrade (/shop/versions/a1.ts:7:12)", "/shop/versions/a1.ts"],
    ["at async /shop/versions/a1.ts:7:12", "/shop/versions/a1.ts"],
    ["at upgrade (file:///shop/my%20versions/a1.mts?version=2:7:12)", "/shop/my versions/a1.mts"],
    ["at upgrade (C:\\shop\\versions\\a1.ts:7:12)", "C:\\shop\\versions\\a1.ts"],
    ["at upgrade (file:///C:/my%20shop/versions/a1.mts:7:12)", "C:\\my shop\\versions\\a1.mts"],
    ["at async file:///d:/shop/a1.mts:7:12", "d:\\shop\\a1.mts"],
    ["at upgrade (file://server/share/shop/a1.mts:7:12)", "\\\\server\\share\\shop\\a1.mts"],
  ];
  for (const [frame, path] of cases) {
    it(`is a path of its system: ${frame}`, () =>
      assert.deepEqual(
        findPosition({ stack: `Error\n    ${frame}` }, () => true),
        { path, line: 7, column: 12 },
      ));
  }
});
