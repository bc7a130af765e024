import assert from "node:assert/strict";
import { join } from "node:path";
import { defineConfig } from "../../../src/project/alembicConfig";
import { ConfigError, LoadError } from "../../../src/project/errors";
import { loadConfig } from "../../../src/project/loadConfig";
import { loadModule } from "../../../src/project/loadModule";
import type { ProjectConfig } from "../../../src/project/projectConfig";
import { templates } from "../../../src/project/templates";
import { withProject } from "./temporaryProject";

const noModules = (): Promise<unknown> => Promise.reject(new Error("nothing is to be loaded"));

function defaults(directory: string, file: string): ProjectConfig {
  return {
    configPath: join(directory, file),
    directory,
    scriptLocation: join(directory, "migrations"),
    versionLocations: [join(directory, "migrations", "versions")],
    hasExplicitVersionLocations: false,
    recursiveVersionLocations: false,
    allowEmptyGlobs: false,
    fileTemplate: "%(rev)s_%(slug)s",
    truncateSlugLength: 40,
    timezone: undefined,
    revisionEnvironment: false,
    versionTable: "alembic_version",
    versionTableSchema: undefined,
    versionTablePk: true,
    transactionPerMigration: false,
    url: undefined,
    isUrlBlank: false,
    environments: new Map(),
    dataSource: undefined,
    objects: undefined,
    shadowUrl: undefined,
    failures: new Map(),
    postWriteHooks: [],
    lockTimeout: undefined,
    statementTimeout: undefined,
    lockRetries: 0,
    lockRetryDelayMilliseconds: 1000,
    backup: false,
    backupDirectory: join(directory, ".alembic", "backups"),
    mainBranch: undefined,
    lint: { targetVersion: undefined, rules: new Map(), ignoredRevisions: new Set() },
    includeSchemas: false,
    namingConvention: {},
    customOperations: new Map(),
    hooks: {
      includeName: undefined,
      includeObject: undefined,
      compareType: true,
      compareServerDefault: true,
      compareCheckConstraints: true,
      renderItem: undefined,
      processRevisionDirectives: undefined,
      onVersionApply: undefined,
    },
    extraSections: new Map(),
  };
}

async function loaded(file: string, text: string, others: Readonly<Record<string, string>> = {}) {
  let result: { config: ProjectConfig; directory: string } | undefined;
  await withProject({ [file]: text, ...others }, async (directory) => {
    const options = { workingDirectory: join(directory, "elsewhere"), variables: { DB_PASSWORD: "a%b" } };
    result = { config: await loadConfig(join(directory, file), noModules, options), directory };
  });
  assert.ok(result);
  return result;
}

describe("loadConfig", () => {
  const smallest: readonly (readonly [file: string, text: string])[] = [
    ["alembic.config.json", `{ "scriptLocation": "migrations" }`],
    ["alembic.ini", "[alembic]\nscript_location = migrations\n"],
    [
      "alembic.ini",
      "[alembic]\nscript_location: %(here)s/migrations\nsqlalchemy.url = driver://user:pass@localhost/db\n",
    ],
    ["pyproject.toml", `[tool.alembic]\nscript_location = "%(here)s/migrations"\n`],
  ];
  for (const [file, text] of smallest) {
    it(`fills in the defaults of ${file}: ${JSON.stringify(text)}`, async () => {
      const { config, directory } = await loaded(file, text);
      assert.deepEqual(config, defaults(directory, file));
    });
  }

  const packages: readonly (readonly [location: string, folder: string, more: string])[] = [
    ["shop:migrations", "shop/migrations", ""],
    ["shop:db:migrations", "shop/db/migrations", ""],
    ["shop.db:migrations", "shop/db/migrations", ""],
    ["s:migrations", "s/migrations", ""],
    ["shop:migrations", "src/shop/migrations", ""],
    [
      "shop:migrations",
      "lib/python/shop/migrations",
      "prepend_sys_path = %(here)s/other %(here)s/lib/python\n",
    ],
  ];
  for (const [location, folder, more] of packages) {
    it(`finds the package of script_location = ${location} in ${folder}`, async () => {
      const text = `[alembic]\nscript_location = ${location}\n${more}`;
      const { config, directory } = await loaded("alembic.ini", text, { [`${folder}/env.py`]: "" });
      assert.equal(config.scriptLocation, join(directory, folder));
    });
  }

  it("reads an alembic.ini as Python's configparser does", async () => {
    const text = `
[DEFAULT]
folder = db
[alembic]
# a comment
script_location = %(here)s/%(folder)s/migrations
file_template = %%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s
Timezone = UTC
truncate_slug_length = 20
version_locations =
    %(here)s/a
    %(here)s/b
path_separator = newline
recursive_version_locations = true
sqlalchemy.url = postgresql+asyncpg://ann:%(DB_PASSWORD)s@db/shop?a=1;b#c
data_source = src/data-source.ts
transaction_per_migration = yes

[post_write_hooks]
hooks = format, lint
format.type = exec
format.executable = prettier
format.options = --write "a b" REVISION_SCRIPT_FILENAME
lint.type = console_scripts
lint.entrypoint = eslint

[environment:production]
url_variable = PROD_URL
production = true
color = red

[alembic:exclude]
tables = spatial_ref_sys
`;
    const { config, directory } = await loaded("alembic.ini", text);
    assert.deepEqual(config, {
      ...defaults(directory, "alembic.ini"),
      scriptLocation: join(directory, "db/migrations"),
      fileTemplate: "%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s",
      timezone: "UTC",
      truncateSlugLength: 20,
      versionLocations: [join(directory, "a"), join(directory, "b")],
      hasExplicitVersionLocations: true,
      recursiveVersionLocations: true,
      url: "postgresql+asyncpg://ann:a%b@db/shop?a=1;b#c",
      dataSource: join(directory, "src/data-source.ts"),
      transactionPerMigration: true,
      postWriteHooks: [
        {
          name: "format",
          type: "exec",
          command: "prettier",
          options: ["--write", "a b", "REVISION_SCRIPT_FILENAME"],
          cwd: directory,
        },
        { name: "lint", type: "console_scripts", command: "eslint", options: [], cwd: directory },
      ],
      environments: new Map([
        [
          "production",
          {
            name: "production",
            url: undefined,
            urlVariable: "PROD_URL",
            color: "red",
            production: true,
            tenantSchemas: undefined,
            tenantUrls: undefined,
          },
        ],
      ]),
      extraSections: new Map([["alembic:exclude", new Map([["tables", "spatial_ref_sys"]])]]),
    });
  });

  it("takes another section with -n", async () => {
    await withProject(
      { "alembic.ini": "[alembic]\nscript_location = a\n[other]\nscript_location = b\n" },
      async (directory) => {
        const config = await loadConfig(join(directory, "alembic.ini"), noModules, { section: "other" });
        assert.equal(config.scriptLocation, join(directory, "b"));
      },
    );
  });

  for (const [text, expected] of [
    ["by_name", "byName"],
    ["byname", "byName"],
    ["false", false],
    ["true", true],
  ] as const) {
    it(`reads compare_check_constraints = ${text} of an alembic.ini`, async () => {
      const { config } = await loaded(
        "alembic.ini",
        `[alembic]\nscript_location = a\ncompare_check_constraints = ${text}\n`,
      );
      assert.equal(config.hooks.compareCheckConstraints, expected);
    });
  }

  it("finds an ini's script location below the working folder where only that exists", async () => {
    const files = { "database/alembic_modern.ini": "[alembic]\nscript_location = database/migrations\n" };
    await withProject({ ...files, "database/migrations/versions/.keep": "" }, async (directory) => {
      const path = join(directory, "database/alembic_modern.ini");
      const config = await loadConfig(path, noModules, { workingDirectory: directory });
      assert.equal(config.scriptLocation, join(directory, "database/migrations"));
    });
  });

  it("joins an alembic.ini with the pyproject.toml beside it", async () => {
    const toml = `[tool.alembic]\nscript_location = "migrations"\ntimezone = "UTC"\n`;
    const { config } = await loaded("alembic.ini", "[alembic]\nsqlalchemy.url = sqlite:///a.db\n", {
      "pyproject.toml": toml,
    });
    assert.deepEqual([config.timezone, config.url], ["UTC", "sqlite:///a.db"]);
  });

  const failures: readonly (readonly [
    file: string,
    text: string,
    key: string | undefined,
    message: RegExp,
  ])[] = [
    ["alembic.ini", "[alembic]\n", "scriptLocation", /^No 'script_location' key found in configuration\.$/],
    ["alembic.ini", "nonsense", undefined, /alembic\.ini is not an ini file/],
    [
      "alembic.ini",
      "[alembic]\nscript_location = %(nowhere)s/a",
      "script_location",
      /%\(nowhere\)s, which is neither/,
    ],
    [
      "alembic.ini",
      "[alembic]\nscript_location = a\nversion_locations = a:b\nversion_path_separator = os  # Use os.pathsep.\n",
      "version_path_separator",
      /'version_path_separator' is "os {2}# Use os\.pathsep\.", which is not a separator\.$/,
    ],
    [
      "pyproject.toml",
      `[tool.alembic]\nscript_location = "a"\nversion_locations = "a,b"\npath_separator = ","\n`,
      "path_separator",
      /'path_separator' is ",", which is not a separator\.$/,
    ],
    ["pyproject.toml", "[tool.alembic]\nscript_location = ", undefined, /is not TOML/],
    ["alembic.config.json", "{", undefined, /is not JSON/],
    ["alembic.config.json", `{"scriptLocation": 1}`, "scriptLocation", /'scriptLocation' must be a string/],
    ["alembic.config.json", `{"script_location": "a"}`, "script_location", /'script_location' is not a key/],
    [
      "alembic.config.json",
      `{"scriptLocation": "a", "namingConvention": {"idx": "ix_%(table_name)s"}}`,
      "namingConvention.idx",
      /'namingConvention\.idx' is not a kind of constraint\.$/,
    ],
    [
      "alembic.config.json",
      `{"scriptLocation": "a", "postWriteHooks": [{"name": "p", "type": "exec", "command": "p", "option": "-w"}]}`,
      "postWriteHooks.p.option",
      /'postWriteHooks\.p\.option' is not a key of a hook\.$/,
    ],
    [
      "alembic.config.json",
      `{"scriptLocation": "a", "timezone": "Mars"}`,
      "timezone",
      /Can't locate timezone: Mars/,
    ],
    [
      "alembic.config.json",
      `{"scriptLocation": "a", "lockTimeout": "soon"}`,
      "lockTimeout",
      /must be milliseconds/,
    ],
    [
      "alembic.config.json",
      `{"scriptLocation": "a", "environments": {"x": {"colour": 1}}}`,
      "environments.x.colour",
      /not a key/,
    ],
    [
      "alembic.config.json",
      `{"scriptLocation": "a", "transactionPerMigration": "often"}`,
      "transactionPerMigration",
      /true or false/,
    ],
    [
      "alembic.config.json",
      `{"scriptLocation": "a", "compareCheckConstraints": "byText"}`,
      "compareCheckConstraints",
      /true, false or "byName"/,
    ],
    ["alembic.config.json", `{"scriptLocation": "a", "lintIgnore": []}`, "lintIgnore", /not a key/],
    [
      "alembic.ini",
      "[alembic]\nscript_location = a\noutput_encoding = latin-1",
      "outputEncoding",
      /must be utf-8, in which Node and the editor read revision files: latin-1/,
    ],
  ];
  for (const [file, text, key, message] of failures) {
    it(`refuses ${file}: ${text}`, async () => {
      await assert.rejects(loaded(file, text), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, message);
        assert.equal(error.key, key);
        assert.match(error.file ?? "", new RegExp(`${file}$`));
        return true;
      });
    });
  }

  it("names the file that is not there", async () => {
    await withProject({}, async (directory) => {
      await assert.rejects(loadConfig(join(directory, "none.ini"), noModules), { code: "config-not-found" });
    });
  });

  const failing: readonly (readonly [file: string, text: string])[] = [
    [
      "alembic.config.ts",
      'export default Promise.reject(Object.assign(new Error("no vault"), { code: "E" }));',
    ],
    [
      "alembic.config.mts",
      'export default Promise.reject(Object.assign(new Error("no vault"), { code: "E" }));',
    ],
    [
      "alembic.config.cjs",
      'module.exports = Promise.reject(Object.assign(new Error("no vault"), { code: "E" }));',
    ],
    [
      "alembic.config.ts",
      'export default () => { throw Object.assign(new Error("no vault"), { code: "E" }); };',
    ],
    ["alembic.config.cjs", 'module.exports = async () => { throw new Error("no vault"); };'],
  ];
  for (const [file, text] of failing) {
    it(`tells where a configuration failed to make itself: ${file}, ${text}`, async () => {
      await withProject({ [file]: text }, async (directory) => {
        const path = join(directory, file);
        await assert.rejects(loadConfig(path, loadModule), (error) => {
          assert.ok(error instanceof LoadError);
          assert.equal(error.code, "module-failed");
          assert.match(error.message.replace(path, "<file>"), /^<file>:1:\d+: no vault$/);
          return true;
        });
      });
    });
  }

  for (const template of templates) {
    it(`loads what the template ${template.name} writes`, async () => {
      const dataSource = "src/50%/data-source.ts";
      const written = template.files({ directory: "migrations", dataSource, otherDataSources: [] });
      const files = Object.fromEntries(written.map(({ path, text }) => [path, text]));
      await withProject(files, async (directory) => {
        const name = written[0]?.path ?? "";
        const config = await loadConfig(join(directory, name), loadModule);
        assert.equal(config.scriptLocation, join(directory, "migrations"));
        assert.ok(config.dataSource?.endsWith(dataSource), config.dataSource);
        assert.equal(
          config.fileTemplate,
          "%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s",
        );
      });
    });
  }

  it("gives defineConfig's argument back", () => {
    const config = { scriptLocation: "a" };
    assert.equal(defineConfig(config), config);
  });
});
