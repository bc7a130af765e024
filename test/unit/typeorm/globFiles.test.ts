import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { filesOfGlob, globsOfTypeorm } from "../../../src/typeorm/globFiles";

const unbuilt = [
  { glob: "dist/**/*.entity.js", sources: ["src/cats/cat.entity.ts"], found: ["src/cats/cat.entity.ts"] },
  {
    glob: "dist/db/migrations/*.js",
    sources: ["src/db/migrations/1-a.ts"],
    found: ["src/db/migrations/1-a.ts"],
  },
  { glob: "dist/src/**/*.entity.js", sources: ["src/cat.entity.ts"], found: ["src/cat.entity.ts"] },
  { glob: "dist/entities/*.js", sources: ["entities/cat.ts"], found: ["entities/cat.ts"] },
  { glob: "build/entities/cat.js", sources: ["src/entities/cat.ts"], found: ["src/entities/cat.ts"] },
  {
    glob: "packages/cats/dist/*.js",
    sources: ["packages/cats/src/cat.ts"],
    found: ["packages/cats/src/cat.ts"],
  },
  { glob: "dist/**/*.js", sources: ["src/cat.ts", "src/cat.spec.ts", "src/cat.d.ts"], found: ["src/cat.ts"] },
  { glob: "dist/**/*.js", sources: ["src/cat.ts", "dist/dog.js"], found: ["dist/dog.js"] },
  { glob: "dist/**/*.js", sources: ["node_modules/cat/cat.ts", "cat.ts"], found: [] },
  { glob: "dist/*.ts", sources: ["src/cat.ts"], found: [] },
] as const;

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

    for (const { glob, sources, found } of unbuilt) {
      it(`are the sources of an unbuilt ${glob}, with the globs of ${typeorm}`, () => {
        const findFiles = globsOfTypeorm(require.resolve(typeorm));
        assert.ok(findFiles);
        for (const source of sources) {
          mkdirSync(dirname(join(root, source)), { recursive: true });
          writeFileSync(join(root, source), "");
        }
        const files = found.map((name) => join(root, name));
        assert.deepEqual(filesOfGlob(glob, root, findFiles), files);
        assert.deepEqual(filesOfGlob(`${root}/${glob}`, root, findFiles), files);
      });
    }
  }
});
