import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createDateIn, formatCreateDate } from "../../../src/project/createDate";
import { formatWithPrettier } from "../../../src/project/formatSource";
import { newRevisionPath } from "../../../src/project/newRevisionPath";
import { normaliseConfig } from "../../../src/project/normaliseConfig";
import type { ProjectConfig, ProjectPostWriteHook } from "../../../src/project/projectConfig";
import { runPostWriteHooks } from "../../../src/project/runPostWriteHooks";
import { splitArguments } from "../../../src/project/splitArguments";
import { withProject } from "./temporaryProject";

function config(values: Readonly<Record<string, unknown>>): ProjectConfig {
  const all = new Map<string, unknown>(Object.entries({ scriptLocation: "m", ...values }));
  return normaliseConfig(
    { values: all, extraSections: new Map(), unreadKeys: [] },
    "/p/alembic.config.ts",
    "/p",
  );
}

const instant = new Date("2025-10-01T21:05:09.500Z");

describe("createDateIn", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["UTC", "2025-10-01 21:05:09+00:00"],
    ["Europe/Berlin", "2025-10-01 23:05:09+02:00"],
    ["Asia/Kolkata", "2025-10-02 02:35:09+05:30"],
    ["America/St_Johns", "2025-10-01 18:35:09-02:30"],
  ];
  for (const [timezone, expected] of cases) {
    it(`reads the clock in ${timezone}`, () => {
      const date = createDateIn(instant, timezone);
      assert.equal(formatCreateDate(date), expected);
      assert.equal(date.epoch, 1759352709);
    });
  }

  it("has midnight as hour 0", () => {
    assert.equal(
      formatCreateDate(createDateIn(new Date("2025-10-01T00:00:00Z"), "UTC")),
      "2025-10-01 00:00:00+00:00",
    );
  });
});

describe("newRevisionPath", () => {
  const request = { revision: "abc123", message: "Add user roles", instant };
  const two = { versionLocations: ["a", "b"] };
  const cases: readonly (readonly [string, ProjectConfig, object, string])[] = [
    ["Alembic's default", config({}), {}, "/p/m/versions/abc123_add_user_roles.ts"],
    [
      "the guide's template",
      config({
        timezone: "UTC",
        fileTemplate: "%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s",
      }),
      {},
      "/p/m/versions/20251001_2105-abc123_add_user_roles.ts",
    ],
    [
      "date folders",
      config({ timezone: "UTC", fileTemplate: "%(year)d/%(month).2d/%(rev)s" }),
      {},
      "/p/m/versions/2025/10/abc123.ts",
    ],
    ["--version-path", config(two), { versionPath: "b" }, "/p/b/abc123_add_user_roles.ts"],
    ["its parent's folder", config(two), { parentPaths: ["", "/p/b/x.ts"] }, "/p/b/abc123_add_user_roles.ts"],
  ];
  for (const [name, given, rest, expected] of cases) {
    it(`follows ${name}`, () => {
      assert.equal(newRevisionPath(given, { ...request, ...rest }), expected);
    });
  }

  const failures: readonly (readonly [string, object, RegExp])[] = [
    ["no choice among several", {}, /Multiple version locations present, please specify --version-path/],
    [
      "a folder that is none of them",
      { versionPath: "c" },
      /Path c is not represented in current version locations/,
    ],
    ["an id that leads elsewhere", { versionPath: "a", revision: "../../x" }, /leads outside/],
  ];
  for (const [name, rest, message] of failures) {
    it(`refuses ${name}`, () => {
      assert.throws(() => newRevisionPath(config(two), { ...request, ...rest }), message);
    });
  }
});

describe("formatWithPrettier", () => {
  const source = `export const a = { b: "c" }\n`;

  it("uses its own copy and plain settings where the project has none", async () => {
    await withProject({ ".prettierrc": `{ "singleQuote": true, "semi": false }` }, async (directory) => {
      assert.deepEqual(await formatWithPrettier(source, join(directory, "a.ts")), {
        text: `export const a = { b: 'c' }\n`,
        warning: undefined,
      });
    });
  });

  it("uses the project's copy and settings where there are some", async () => {
    const files = {
      "node_modules/prettier/package.json": `{ "name": "prettier", "main": "index.js" }`,
      "node_modules/prettier/index.js": `
        exports.resolveConfig = async () => ({ mark: "theirs" });
        exports.format = async (text, options) => text + "// " + options.mark + "\\n";`,
    };
    await withProject(files, async (directory) => {
      assert.equal((await formatWithPrettier(source, join(directory, "a.ts"))).text, `${source}// theirs\n`);
    });
  });

  it("gives back text that it can't format", async () => {
    await withProject({}, async (directory) => {
      const { text, warning } = await formatWithPrettier("const = ;", join(directory, "a.ts"));
      assert.equal(text, "const = ;");
      assert.match(warning ?? "", /a\.ts was not formatted/);
    });
  });
});

describe("runPostWriteHooks", () => {
  const append = `require("node:fs").appendFileSync(process.argv.at(-1), process.argv[2] + "\\n");`;
  const hook = (rest: Partial<ProjectPostWriteHook>): ProjectPostWriteHook => ({
    name: "hook",
    type: "exec",
    command: process.execPath,
    options: [],
    cwd: "/",
    ...rest,
  });

  it("runs each kind on the file, and goes on after a failure", async function () {
    this.timeout(30_000);
    const files = {
      "new file.ts": "",
      "append.js": append,
      "node_modules/.bin/mark": `#!/usr/bin/env node\n${append}`,
    };
    await withProject(files, async (directory) => {
      const file = join(directory, "new file.ts");
      chmodSync(join(directory, "node_modules/.bin/mark"), 0o755);
      const results = await runPostWriteHooks(
        [
          hook({ cwd: directory, options: ["append.js", "one; exit", "REVISION_SCRIPT_FILENAME"] }),
          hook({
            cwd: directory,
            type: "module",
            command: "append.js",
            options: ["two", "REVISION_SCRIPT_FILENAME"],
          }),
          hook({
            cwd: directory,
            options: ["-e", "console.error('no'); process.exit(3)", "REVISION_SCRIPT_FILENAME"],
          }),
          hook({ cwd: directory, command: "no-such-program" }),
          hook({
            cwd: directory,
            type: "console_scripts",
            command: "mark",
            options: ["three", "REVISION_SCRIPT_FILENAME"],
          }),
        ],
        file,
      );
      assert.deepEqual(
        results.map(({ warning }) => warning),
        [
          undefined,
          undefined,
          "Post-write hook 'hook' ended with exit status 3.",
          "Post-write hook 'hook' could not be started: spawn no-such-program ENOENT.",
          undefined,
        ],
      );
      assert.equal(results[2]?.output, "no\n");
      assert.equal(readFileSync(file, "utf8"), "one; exit\ntwo\nthree\n");
    });
  });
});

describe("splitArguments", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["", []],
    ["-l 79 REVISION_SCRIPT_FILENAME", ["-l", "79", "REVISION_SCRIPT_FILENAME"]],
    [`--a="b c" 'd  e' f\\ g "h\\"i"`, ["--a=b c", "d  e", "f g", `h"i`]],
  ];
  for (const [text, expected] of cases) {
    it(`splits ${JSON.stringify(text)}`, () => {
      assert.deepEqual(splitArguments(text, false), expected);
    });
  }

  const onWindows: typeof cases = [
    ["C:\\tools\\nvim.exe -n", ["C:\\tools\\nvim.exe", "-n"]],
    [
      `"C:\\Program Files\\VS Code\\bin\\code.cmd" --wait`,
      ["C:\\Program Files\\VS Code\\bin\\code.cmd", "--wait"],
    ],
    [
      `'C:\\Program Files\\Notepad++\\notepad++.exe' -multiInst`,
      ["C:\\Program Files\\Notepad++\\notepad++.exe", "-multiInst"],
    ],
    [`--config "C:\\my settings\\"`, ["--config", "C:\\my settings\\"]],
    [`--header "say \\"hi\\"" \\"x\\"`, ["--header", `say "hi"`, `"x"`]],
    ["\\\\server\\tools\\edit.exe", ["\\\\server\\tools\\edit.exe"]],
  ];
  for (const [text, expected] of onWindows) {
    it(`splits ${text} on Windows`, () => assert.deepEqual(splitArguments(text, true), expected));
  }
});
