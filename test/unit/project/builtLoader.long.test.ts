import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const root = resolve(__dirname, "../../..");
const fixtures = join(root, "test/projects/loader");

const script = `
const { loadModule } = require("./loadModule.js");
const [project] = process.argv.slice(2);
(async () => {
  const config = await loadModule(project + "/alembic.config.ts");
  const { dataSource } = await loadModule(project + "/src/dataSource.ts");
  await dataSource.buildMetadatas();
  const columns = dataSource.entityMetadatas.flatMap((entity) =>
    entity.columns.map((column) => entity.tableName + "." + column.databaseName + " " + dataSource.driver.normalizeType(column)));
  console.log(JSON.stringify({ config: config.default, columns, compiler: globalThis.isCompilerLoaded === true }));
})();
`;

/** What the product ships: the loader in a bundle, its hooks beside it, the compiler beside both. */
describe("the built loader", function () {
  this.timeout(120_000);
  let folder = "";

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "alembic-ts-built-")));
    await build({
      entryPoints: {
        loadModule: join(root, "src/project/loadModule.ts"),
        loaderHooks: join(root, "src/project/loader/loaderHooks.ts"),
        index: join(root, "src/index.ts"),
      },
      outdir: folder,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      logLevel: "error",
    });
    const compiler = readFileSync(join(root, "node_modules/typescript/lib/typescript.js"), "utf8");
    writeFileSync(
      join(folder, "typescript.bin"),
      brotliCompressSync(`globalThis.isCompilerLoaded = true;${compiler}`, {
        params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY },
      }),
    );
    writeFileSync(join(folder, "run.js"), script);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const project of ["cjs", "cjs-paths", "esm", "esm-paths"]) {
    it(`gives TypeORM the columns' types, and needs no compiler the second time: ${project}`, async () => {
      const run = async (): Promise<unknown> => {
        const { stdout } = await promisify(execFile)(process.execPath, [
          join(folder, "run.js"),
          join(fixtures, project),
        ]);
        return JSON.parse(stdout) as unknown;
      };
      await run();
      assert.deepEqual(await run(), {
        config: {
          scriptLocation: "migrations",
          dataSource: "src/dataSource.ts",
          versionTable: "alembic_version",
        },
        columns: [
          "users.id integer",
          "users.email character varying",
          "users.bornAt timestamp without time zone",
          "posts.id integer",
          "posts.isPublished boolean",
          "posts.authorId integer",
        ],
        compiler: false,
      });
    });
  }
});
