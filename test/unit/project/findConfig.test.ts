import assert from "node:assert/strict";
import { join } from "node:path";
import { findConfig, requireConfig } from "../../../src/project/findConfig";
import { withProject } from "./temporaryProject";

const alembicTable = '[tool.alembic]\nscript_location = "m"\n';

describe("findConfig", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string, string | undefined])[] =
    [
      ["the folder itself", { "a/alembic.config.ts": "" }, "a", "a/alembic.config.ts"],
      ["a folder above", { "alembic.config.mjs": "", "a/b/x": "" }, "a/b", "alembic.config.mjs"],
      ["TypeScript before ini", { "alembic.ini": "", "alembic.config.ts": "" }, ".", "alembic.config.ts"],
      ["ini before pyproject", { "alembic.ini": "", "pyproject.toml": alembicTable }, ".", "alembic.ini"],
      ["a pyproject with [tool.alembic]", { "pyproject.toml": alembicTable }, ".", "pyproject.toml"],
      [
        "past any other pyproject",
        { "alembic.ini": "", "a/pyproject.toml": "[tool.black]" },
        "a",
        "alembic.ini",
      ],
      ["nothing", { "a/x": "" }, "a", undefined],
    ];
  for (const [name, files, start, expected] of cases) {
    it(`finds ${name}`, async () => {
      await withProject(files, async (directory) => {
        const found = await findConfig(join(directory, start));
        assert.equal(found, expected === undefined ? undefined : join(directory, expected));
      });
    });
  }
});

describe("requireConfig", () => {
  it("takes -c, then ALEMBIC_CONFIG, then the nearest", async () => {
    await withProject({ "alembic.ini": "", "db/modern.ini": "", "db/other.ini": "" }, async (directory) => {
      const variables = { ALEMBIC_CONFIG: "db/other.ini" };
      const search = { workingDirectory: directory, variables: {} };
      assert.equal(
        await requireConfig({ ...search, variables, configOption: "db/modern.ini" }),
        join(directory, "db/modern.ini"),
      );
      assert.equal(await requireConfig({ ...search, variables }), join(directory, "db/other.ini"));
      assert.equal(await requireConfig(search), join(directory, "alembic.ini"));
    });
  });

  it("says what is missing in Alembic's words", async () => {
    await withProject({}, async (directory) => {
      const search = { workingDirectory: directory, variables: {} };
      await assert.rejects(requireConfig(search), {
        message: "No 'script_location' key found in configuration.",
      });
      await assert.rejects(requireConfig({ ...search, configOption: "none.ini" }), {
        code: "config-not-found",
        message: `No 'script_location' key found in configuration. There is no configuration file ${join(directory, "none.ini")}.`,
      });
    });
  });
});
