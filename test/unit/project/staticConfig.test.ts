import assert from "node:assert/strict";
import { readStaticConfig, staticSections, type StaticConfig } from "../../../src/project/staticConfig";

const defaults: StaticConfig = {
  scriptLocation: "/p/migrations",
  versionLocations: ["/p/migrations/versions"],
  recursiveVersionLocations: false,
  fileTemplate: "%(rev)s_%(slug)s",
  truncateSlugLength: 40,
  timezone: undefined,
  versionTable: "alembic_version",
  dataSource: undefined,
  mainBranch: undefined,
  environments: [],
  defaultEnvironment: undefined,
  dialect: undefined,
  namingConvention: undefined,
  lint: { targetVersion: undefined, rules: new Map(), ignoredRevisions: new Set() },
  unreadKeys: [],
};

const cases: readonly (readonly [
  name: string,
  file: string,
  text: string,
  expected: Partial<StaticConfig> | undefined,
])[] = [
  [
    "what lint is to look for",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", lint: { targetVersion: 16, rules: { truncate: "off" }, ignoreRevisions: ["a1"] } };`,
    {
      lint: {
        targetVersion: 16,
        rules: new Map([["truncate", "off"]]),
        ignoredRevisions: new Set(["a1"]),
      },
    },
  ],
  [
    "defineConfig",
    "alembic.config.ts",
    `import { defineConfig } from "alembic-ts"; export default defineConfig({ scriptLocation: "migrations" });`,
    {},
  ],
  ["a plain object", "alembic.config.mjs", `export default { scriptLocation: "./migrations/" }`, {}],
  [
    "satisfies and as const",
    "alembic.config.ts",
    `export default ({ scriptLocation: "migrations" } as const) satisfies AlembicConfig;`,
    {},
  ],
  ["module.exports", "alembic.config.cjs", `module.exports = { scriptLocation: 'migrations' };`, {}],
  ["export =", "alembic.config.cts", `export = { scriptLocation: 'migrations' };`, {}],
  [
    "constants",
    "alembic.config.ts",
    `const folder = "migrations"; const config: AlembicConfig = { scriptLocation: folder }; export default config;`,
    {},
  ],
  [
    "templates and sums",
    "alembic.config.ts",
    "const name = `migr`; export default { scriptLocation: `${name}` + 'ations' };",
    {},
  ],
  [
    "path.join(__dirname)",
    "alembic.config.ts",
    `export default { scriptLocation: path.join(__dirname, "x", "..", "migrations") };`,
    {},
  ],
  [
    "import.meta.dirname",
    "alembic.config.ts",
    `export default { scriptLocation: resolve(import.meta.dirname, "migrations") };`,
    {},
  ],
  [
    "spread",
    "alembic.config.ts",
    `const base = { scriptLocation: "migrations" }; export default defineConfig({ ...base, timezone: "UTC" });`,
    { timezone: "UTC" },
  ],
  [
    "computed values",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", url: process.env.URL, versionLocations: find() };`,
    { versionLocations: [], unreadKeys: ["url", "versionLocations"] },
  ],
  [
    "hooks",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", includeName: (name) => true, onVersionApply() {} };`,
    {},
  ],
  [
    "environments",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", environments: { dev: { url: process.env.X }, "prod": { production: true, color: "red" } } };`,
    {
      environments: [
        { name: "dev", color: undefined, production: false },
        { name: "prod", color: "red", production: true },
      ],
    },
  ],
  [
    "the only environment",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", environments: { live: { production: true } } };`,
    { environments: [{ name: "live", color: undefined, production: true }], defaultEnvironment: "live" },
  ],
  [
    "the only environment beside a url",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", url: "postgresql://a/b", environments: { live: { production: true } } };`,
    { environments: [{ name: "live", color: undefined, production: true }], dialect: "postgresql" },
  ],
  [
    "SQLite's URL in the only environment, and a naming convention",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", environments: { dev: { url: "sqlite:///a.db" } }, namingConvention: { pk: "pk_x" } };`,
    {
      environments: [{ name: "dev", color: undefined, production: false }],
      defaultEnvironment: "dev",
      dialect: "sqlite",
      namingConvention: { pk: "pk_x" },
    },
  ],
  [
    "URLs of both kinds, and a pattern that is computed",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", url: "sqlite:///a.db", environments: { dev: { url: "postgres://h/d" } }, namingConvention: { pk: name() } };`,
    {
      environments: [{ name: "dev", color: undefined, production: false }],
      namingConvention: "computed",
    },
  ],
  [
    "the only environment beside a url that is computed",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", url: find(), environments: { live: { production: true } } };`,
    { environments: [{ name: "live", color: undefined, production: true }], unreadKeys: ["url"] },
  ],
  [
    "half-typed text",
    "alembic.config.ts",
    `export default { scriptLocation: "migrations", timezone: };`,
    undefined,
  ],
  [
    "JSON",
    "alembic.config.json",
    `{ "scriptLocation": "migrations", "recursiveVersionLocations": true }`,
    { recursiveVersionLocations: true },
  ],
  [
    "ini",
    "alembic.ini",
    "[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = postgresql://%(U)s@h/d\n",
    { dialect: "postgresql" },
  ],
  [
    "pyproject",
    "pyproject.toml",
    `[tool.alembic]\nscript_location = "migrations"\nversion_locations = ["a", "/b"]\n`,
    { versionLocations: ["/p/a", "/b"] },
  ],
  [
    "a package's folder",
    "alembic.ini",
    "[alembic]\nscript_location = shop.db:migrations:now\n",
    { scriptLocation: "/p/shop/db/migrations/now", versionLocations: ["/p/shop/db/migrations/now/versions"] },
  ],
  ["pyproject of something else", "pyproject.toml", `[tool.black]\nline-length = 1\n`, undefined],
  ["no configuration", "alembic.config.ts", `export const x = 1;`, undefined],
  ["unparsable text", "alembic.config.ts", `export default {{{`, undefined],
];

describe("readStaticConfig", () => {
  for (const [name, file, text, expected] of cases) {
    it(`reads ${name}`, () => {
      const result = readStaticConfig(text, `/p/${file}`);
      assert.deepEqual(result, expected === undefined ? undefined : { ...defaults, ...expected });
    });
  }

  it("reads each section of an ini file that has revisions", () => {
    const named =
      "[DEFAULT]\nx = 1\n[billing]\nscript_location = a\n[shop]\nscript_location = b\n[loggers]\nkeys=\n";
    const sectionsOf = (text: string): unknown =>
      staticSections(text, "/p/alembic.ini").map((section) => [
        section,
        readStaticConfig(text, "/p/alembic.ini", section)?.scriptLocation,
      ]);
    assert.deepEqual(
      [named, `[alembic]\nscript_location = m\n${named}`, "[alembic]\nscript_location = m\n"].map(sectionsOf),
      [
        [
          ["billing", "/p/a"],
          ["shop", "/p/b"],
        ],
        [
          [undefined, "/p/m"],
          ["billing", "/p/a"],
          ["shop", "/p/b"],
        ],
        [[undefined, "/p/m"]],
      ],
    );
  });

  it("keeps Windows paths", () => {
    const config = readStaticConfig(
      `export default { scriptLocation: "db/migrations" }`,
      "C:\\work\\alembic.config.ts",
    );
    assert.deepEqual(config?.versionLocations, ["C:\\work\\db\\migrations\\versions"]);
  });
});
