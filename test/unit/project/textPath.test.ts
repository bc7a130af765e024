import assert from "node:assert/strict";
import { joinPaths, parentPath } from "../../../src/project/textPath";
import { readStaticConfig } from "../../../src/project/staticConfig";

describe("paths as text", () => {
  const joined: readonly (readonly [readonly string[], string])[] = [
    [["/shop", "database/migrations"], "/shop/database/migrations"],
    [["/shop/conf", "../database/./migrations/"], "/shop/database/migrations"],
    [["/shop", "/elsewhere", "versions"], "/elsewhere/versions"],
    [["/shop", "../../.."], "/"],
    [["/shop", "a\\b"], "/shop/a\\b"],
    [["shop", "../versions"], "versions"],
    [["C:\\shop", "database/migrations"], "C:\\shop\\database\\migrations"],
    [["c:/shop/conf", "..\\database"], "c:\\shop\\database"],
    [["C:\\shop", "D:\\versions"], "D:\\versions"],
    [["C:\\shop", "\\versions"], "C:\\versions"],
    [["C:\\", "versions"], "C:\\versions"],
    [["\\\\server\\share\\shop", "database/migrations"], "\\\\server\\share\\shop\\database\\migrations"],
    [["\\\\server\\share\\shop", "..", "versions"], "\\\\server\\share\\versions"],
    [["\\\\server\\share", "..\\.."], "\\\\server\\share\\"],
    [["\\\\wsl.localhost\\Debian\\home\\ann", "versions"], "\\\\wsl.localhost\\Debian\\home\\ann\\versions"],
    [["C:\\shop", "\\\\server\\share\\versions"], "\\\\server\\share\\versions"],
  ];
  for (const [parts, expected] of joined) {
    it(`joins ${parts.join(" and ")}`, () => assert.equal(joinPaths(...parts), expected));
  }

  const parents: readonly (readonly [string, string])[] = [
    ["/shop/alembic.config.ts", "/shop"],
    ["/alembic.config.ts", "/"],
    ["/shop/a\\b.ts", "/shop"],
    ["alembic.config.ts", "."],
    ["C:\\shop\\alembic.config.ts", "C:\\shop"],
    ["C:\\alembic.config.ts", "C:\\"],
    ["\\\\server\\share\\shop\\alembic.config.ts", "\\\\server\\share\\shop"],
    ["\\\\server\\share\\alembic.config.ts", "\\\\server\\share\\"],
  ];
  for (const [path, expected] of parents) {
    it(`knows the folder of ${path}`, () => assert.equal(parentPath(path), expected));
  }

  it("finds the version folders of a project on a network share", () => {
    const config = `export default { scriptLocation: "database/migrations" };`;
    assert.deepEqual(
      readStaticConfig(config, "\\\\server\\share\\shop\\alembic.config.ts")?.versionLocations,
      ["\\\\server\\share\\shop\\database\\migrations\\versions"],
    );
  });
});
