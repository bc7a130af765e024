import assert from "node:assert/strict";
import { addDataSourceEntry } from "../../../src/extension/autogenerate/addDataSourceEntry";
import { readStaticConfig } from "../../../src/project/staticConfig";

const reference = "src/data-source.ts";

describe("naming the DataSource in a configuration", () => {
  const cases: readonly (readonly [name: string, path: string, before: string, after: string | undefined])[] =
    [
      [
        "defineConfig over several lines",
        "/p/alembic.config.ts",
        'export default defineConfig({\n  scriptLocation: "db",\n});\n',
        'export default defineConfig({\n  dataSource: "src/data-source.ts",\n  scriptLocation: "db",\n});\n',
      ],
      [
        "defineConfig on one line",
        "/p/alembic.config.ts",
        'export default defineConfig({ scriptLocation: "db" });\n',
        'export default defineConfig({ dataSource: "src/data-source.ts", scriptLocation: "db" });\n',
      ],
      [
        "the line that the template leaves as a comment",
        "/p/alembic.config.ts",
        'export default defineConfig({\n  scriptLocation: "db",\n  // dataSource: "src/x.ts",\n});\n',
        'export default defineConfig({\n  scriptLocation: "db",\n  dataSource: "src/data-source.ts",\n});\n',
      ],
      [
        "a plain object",
        "/p/alembic.config.mjs",
        'export default {\n  scriptLocation: "db",\n};\n',
        'export default {\n  dataSource: "src/data-source.ts",\n  scriptLocation: "db",\n};\n',
      ],
      [
        "JSON",
        "/p/alembic.config.json",
        '{\n  "scriptLocation": "db"\n}\n',
        '{\n  "dataSource": "src/data-source.ts",\n  "scriptLocation": "db"\n}\n',
      ],
      [
        "an ini file",
        "/p/alembic.ini",
        "[alembic]\nscript_location = db\n\n[loggers]\n",
        "[alembic]\ndata_source = src/data-source.ts\nscript_location = db\n\n[loggers]\n",
      ],
      [
        "a TOML file",
        "/p/pyproject.toml",
        '[tool.alembic]\nscript_location = "db"\n',
        '[tool.alembic]\ndata_source = "src/data-source.ts"\nscript_location = "db"\n',
      ],
      [
        "one that has the key",
        "/p/alembic.config.ts",
        'export default defineConfig({\n  dataSource: "x.ts",\n});\n',
        undefined,
      ],
      [
        "one whose object is made elsewhere",
        "/p/alembic.config.ts",
        "const config = makeConfig();\nexport default config;\n",
        undefined,
      ],
      [
        "one with two objects that could be it",
        "/p/alembic.config.ts",
        "defineConfig({});\nexport default defineConfig({});\n",
        undefined,
      ],
    ];
  for (const [name, path, before, after] of cases) {
    it(`${after === undefined ? "leaves alone" : "works for"} ${name}`, () => {
      const change = addDataSourceEntry(before, path, reference);
      const changed = change && before.slice(0, change.start) + change.newText + before.slice(change.end);
      assert.equal(changed, after);
      if (changed !== undefined) {
        assert.equal(readStaticConfig(changed, path)?.dataSource, "/p/src/data-source.ts");
      }
    });
  }
});
