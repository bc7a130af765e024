import assert from "node:assert/strict";
import { join } from "node:path";
import { inspect } from "node:util";
import { configValues } from "../../../src/project/configValues";
import { ConfigError } from "../../../src/project/errors";
import { projectHooks } from "../../../src/project/projectHooks";

type Hook = (...input: readonly unknown[]) => unknown;

const configPath = join(__dirname, "alembic.config.ts");

const answering = [
  "includeName",
  "includeObject",
  "compareType",
  "compareServerDefault",
  "renderItem",
] as const;
const guarded = [...answering, "processRevisionDirectives"] as const;

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

const conditions = ["includeName", "includeObject"] as const;
const comparisons = ["compareType", "compareServerDefault"] as const;

const answers: readonly (readonly [
  keys: readonly (typeof answering)[number][],
  taken: readonly (readonly [given: unknown, taken: unknown])[],
])[] = [
  [
    conditions,
    [
      [true, true],
      [false, false],
    ],
  ],
  [
    comparisons,
    [
      [true, true],
      [false, false],
      [undefined, undefined],
      [null, undefined],
    ],
  ],
  [
    ["renderItem"],
    [
      ["op.execute(`SELECT 1`)", "op.execute(`SELECT 1`)"],
      ["", ""],
      [undefined, undefined],
      [null, undefined],
      [false, undefined],
    ],
  ],
];

const refused: readonly (readonly [
  keys: readonly (typeof answering)[number][],
  given: unknown,
  words: string,
])[] = [
  [answering, Promise.resolve(true), "a promise, which is not awaited"],
  [answering, 1, "1"],
  [answering, ["app_users"], "an array"],
  [conditions, undefined, "undefined"],
  [conditions, null, "null"],
  [[...conditions, ...comparisons], "no", '"no"'],
  [["renderItem"], true, "true"],
];

const expectedOf = {
  includeName: "true or false",
  includeObject: "true or false",
  compareType: "true, false or undefined",
  compareServerDefault: "true, false or undefined",
  renderItem: "a string, or undefined for the usual text",
} as const satisfies Record<(typeof answering)[number], string>;

describe("functions of the configuration", () => {
  for (const key of guarded) {
    for (const [title, thrown, reason] of failures) {
      for (const time of key === "processRevisionDirectives" ? ["at once", "later"] : ["at once"]) {
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

    it(`${key} is given what it is asked`, async () => {
      const seen: unknown[] = [];
      const hook = hookOf(key, (...input) => {
        seen.push(...input);
        return key === "renderItem" ? "" : true;
      });
      await hook("users", "table");
      assert.deepEqual(seen, ["users", "table"]);
    });
  }

  for (const [keys, taken] of answers) {
    for (const key of keys) {
      for (const [given, expected] of taken) {
        it(`${key} that returns ${inspect(given)} is taken for ${inspect(expected)}`, () => {
          assert.equal(hookOf(key, () => given)(), expected);
        });
      }
    }
  }

  for (const [keys, given, words] of refused) {
    for (const key of keys) {
      it(`${key} that returns ${inspect(given)} is refused`, async () => {
        const error = await thrownBy(hookOf(key, () => given));
        assert.ok(error instanceof ConfigError);
        assert.deepEqual(
          { code: error.code, message: error.message, hint: error.hint },
          {
            code: "hook-failed",
            message: `The config's ${key} returned ${words}.`,
            hint: `Change the function in ${configPath} to return ${expectedOf[key]}.`,
          },
        );
      });
    }
  }

  it("a promise that is refused may fail unheard", async () => {
    const error = await thrownBy(hookOf("includeObject", () => Promise.reject(new Error("no such tenant"))));
    assert.equal(
      error instanceof ConfigError && error.message,
      "The config's includeObject returned a promise, which is not awaited.",
    );
  });

  it("onVersionApply fails the run, which tells of it with the revision", () => {
    const hook = (): void => undefined;
    assert.equal(hookOf("onVersionApply", hook), hook);
  });
});
