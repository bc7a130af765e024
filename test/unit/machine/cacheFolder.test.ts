import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { userCacheFolder } from "../../../src/machine/cacheFolder";

const usual = process.platform === "darwin" ? "Library/Caches/alembic-ts" : ".cache/alembic-ts";

describe("the user's cache folder", () => {
  let folder: string;
  let home: string | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "alembic-ts-home-"));
    home = process.env["HOME"];
  });
  afterEach(() => {
    process.env["HOME"] = home;
    rmSync(folder, { recursive: true, force: true });
  });

  const temporary = join(tmpdir(), `alembic-ts-${String(process.getuid?.())}`);
  const cases: readonly {
    readonly name: string;
    readonly prepare?: () => void;
    readonly variable?: string;
    readonly home?: string;
    readonly expected: string;
  }[] = [
    { name: "is where XDG_CACHE_HOME says", variable: "xdg", expected: "xdg/alembic-ts" },
    { name: "is the home's where XDG_CACHE_HOME is not set", expected: `home/${usual}` },
    { name: "is the home's where XDG_CACHE_HOME is empty", variable: "", expected: `home/${usual}` },
    { name: "is the home's where XDG_CACHE_HOME is relative", variable: "./here", expected: `home/${usual}` },
    {
      name: "is the home's where XDG_CACHE_HOME can't be made",
      prepare: () => {
        writeFileSync(join(folder, "file"), "");
      },
      variable: "file",
      expected: `home/${usual}`,
    },
    {
      name: "is the home's where others may write into XDG_CACHE_HOME",
      prepare: () => {
        mkdirSync(join(folder, "shared"));
        chmodSync(join(folder, "shared"), 0o777);
      },
      variable: "shared",
      expected: `home/${usual}`,
    },
    {
      name: "is the home's where others may write into the folder itself",
      prepare: () => {
        mkdirSync(join(folder, "xdg/alembic-ts"), { recursive: true });
        chmodSync(join(folder, "xdg/alembic-ts"), 0o777);
      },
      variable: "xdg",
      expected: `home/${usual}`,
    },
    {
      name: "is the home's where the folder is a link",
      prepare: () => {
        mkdirSync(join(folder, "xdg"));
        mkdirSync(join(folder, "elsewhere"));
        symlinkSync(join(folder, "elsewhere"), join(folder, "xdg/alembic-ts"));
      },
      variable: "xdg",
      expected: `home/${usual}`,
    },
    { name: "is a temporary one where there is no home", home: "none", expected: temporary },
    { name: "is a temporary one where the home is a file", home: "file", expected: temporary },
  ];
  for (const { name, prepare, variable, home: homeName = "home", expected } of cases) {
    it(name, function () {
      if (process.platform === "win32") {
        this.skip();
      }
      mkdirSync(join(folder, "home"));
      writeFileSync(join(folder, "file"), "");
      prepare?.();
      process.env["HOME"] = join(folder, homeName);
      assert.equal(homedir(), join(folder, homeName));
      const isName = variable !== undefined && /^\w/.test(variable);
      const found = userCacheFolder({ XDG_CACHE_HOME: isName ? join(folder, variable) : variable });
      assert.equal(found, expected === temporary ? expected : join(folder, expected));
      assert.equal(statSync(found).mode & 0o777, 0o700);
    });
  }
});
