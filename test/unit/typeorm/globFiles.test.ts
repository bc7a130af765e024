import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesOfGlob, globsOfTypeorm } from "../../../src/typeorm/globFiles";

describe("the files of a glob of a DataSource", () => {
  let root: string;
  beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-globs-")))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  for (const typeorm of ["typeorm", "typeorm-0.3"]) {
    for (const name of ["shop (copy)", "shop [1]", "shop {a,b}", "!shop", "shop+(x)", "shop*", "a?b"]) {
      it(`are found below a folder named ${name}, with the globs of ${typeorm}`, () => {
        const findFiles = globsOfTypeorm(require.resolve(typeorm));
        assert.ok(findFiles);
        const folder = join(root, name, "entities");
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "item.ts"), "");
        for (const glob of [`${join(root, name)}/entities/*.ts`, `${join(root, name)}/entities/*.js`]) {
          assert.deepEqual(filesOfGlob(glob, root, findFiles), [join(folder, "item.ts")], glob);
        }
        assert.deepEqual(filesOfGlob("entities/*.ts", join(root, name), findFiles), [
          join(folder, "item.ts"),
        ]);
      });
    }
  }
});
