import assert from "node:assert/strict";
import { join } from "node:path";
import { configValues } from "../../../src/project/configValues";
import { ConfigError } from "../../../src/project/errors";
import { projectHooks } from "../../../src/project/projectHooks";

type Hook = (...input: readonly unknown[]) => unknown;

const configPath = join(__dirname, "alembic.config.ts");

const guarded = [
  "includeName",
  "includeObject",
  "compareType",
  "compareServerDefault",
  "renderItem",
  "processRevisionDirectives",
] as const;

function hookOf(key: (typeof guarded)[number] | "onVersionApply", hook: Hook): Hook {
  const raw = new Map<string, unknown>([[key, hook]]);
  return projectHooks(raw, configValues(raw, configPath), configPath)[key] as unknown as Hook;
}

/** What a hook throws, at once or by its promise. */
async function thrownBy(hook: Hook): Promise<unknown> {
  try {
    await hook();
    return undefined;
  } catch (error) {
    return error;
  }
}

function withCode(code: unknown): Error {
  return Object.assign(new Error("no such tenant"), { code });
}

const failures: readonly (readonly [title: string, thrown: () => unknown, reason: string])[] = [
  ["a plain error", () => new Error("no such tenant"), "no such tenant"],
  ["an error with a code of Node.js", () => withCode("ENOENT"), "no such tenant"],
  ["an error with a code of PostgreSQL", () => withCode("42P01"), "no such tenant"],
  ["an error with a code like one of ours", () => withCode("cancelled"), "no such tenant"],
  ["an error with a number as its code", () => withCode(7), "no such tenant"],
  ["what is no error", () => "just text", "just text"],
];

describe("functions of the configuration", () => {
  for (const key of guarded) {
    for (const [title, thrown, reason] of failures) {
      for (const time of ["at once", "later"]) {
        it(`${key} that throws ${title} ${time} is a failure of the configuration`, async () => {
          const cause = thrown();
          const fail = (): never => {
            throw cause;
          };
          const error = await thrownBy(
            hookOf(key, time === "at once" ? fail : () => Promise.resolve().then(fail)),
          );
          assert.ok(error instanceof ConfigError);
          const { code, message, file, hint } = error;
          const place =
            cause instanceof Error
              ? /^It was thrown at .*projectHooks\.test\.ts:\d+:\d+\.$/
              : /^It is in .*alembic\.config\.ts\.$/;
          assert.deepEqual(
            { code, message, file, key: error.key, cause: error.cause },
            {
              code: "hook-failed",
              message: `The config's ${key} failed: ${reason}`,
              file: configPath,
              key,
              cause,
            },
          );
          assert.match(hint ?? "", place);
        });
      }
    }

    it(`${key} is given what it is asked, and its answer is taken`, async () => {
      const seen: unknown[] = [];
      const hook = hookOf(key, (...input) => {
        seen.push(...input);
        return false;
      });
      assert.deepEqual(
        { answer: await hook("users", "table"), seen },
        { answer: false, seen: ["users", "table"] },
      );
    });
  }

  it("onVersionApply fails the run, which tells of it with the revision", () => {
    const hook = (): void => undefined;
    assert.equal(hookOf("onVersionApply", hook), hook);
  });
});
