import { dirname, isAbsolute, relative } from "node:path";
import { findPosition } from "../operations/callSite";
import type { ConfigValues } from "./configValues";
import { ConfigError } from "./errors";
import type { ProjectHooks } from "./projectConfig";

type Hook = (...input: readonly unknown[]) => unknown;

/** What a hook may return. A promise is taken for true where a condition is asked, and printed where a text is. */
interface Answer {
  readonly type: "boolean" | "string";
  /** What stands for no answer. */
  readonly none: readonly unknown[];
  readonly expected: string;
}

const condition: Answer = { type: "boolean", none: [], expected: "true or false" };
const comparison: Answer = {
  type: "boolean",
  none: [undefined, null],
  expected: "true, false or undefined",
};
/** Alembic's `render_item` returns False for the usual text. */
const rendering: Answer = {
  type: "string",
  none: [undefined, null, false],
  expected: "a string, or undefined for the usual text",
};

/** A function of the configuration whose failure, or an answer that is none, is told as one of the configuration. */
function guardedHook(key: keyof ProjectHooks, hook: Hook, answer: Answer, configPath: string): Hook {
  return (...input) => {
    let result: unknown;
    try {
      result = hook(...input);
    } catch (error) {
      throw hookFailure(key, error, configPath);
    }
    if (answer.none.includes(result)) {
      return undefined;
    }
    if (typeof result !== answer.type) {
      if (result instanceof Promise) {
        result.catch(() => undefined);
      }
      throw new ConfigError("hook-failed", `The config's ${key} returned ${describe(result)}.`, {
        file: configPath,
        key,
        hint: `Change the function in ${configPath} to return ${answer.expected}.`,
      });
    }
    return result;
  };
}

/** A function of the configuration that is waited for, and whose result counts for nothing. */
function guardedStep(key: keyof ProjectHooks, hook: Hook, configPath: string): Hook {
  return async (...input) => {
    try {
      await hook(...input);
    } catch (error) {
      throw hookFailure(key, error, configPath);
    }
  };
}

function describe(result: unknown): string {
  if (result instanceof Promise) {
    return "a promise, which is not awaited";
  }
  if (typeof result === "object" && result !== null) {
    return Array.isArray(result) ? "an array" : "an object";
  }
  if (typeof result === "function") {
    return "a function";
  }
  return typeof result === "string" ? JSON.stringify(result) : String(result);
}

function hookFailure(key: keyof ProjectHooks, error: unknown, configPath: string): ConfigError {
  const reason = error instanceof Error ? error.message : String(error);
  const position =
    error instanceof Error
      ? findPosition({ stack: error.stack ?? "" }, (file) => isOfProject(file, dirname(configPath)))
      : undefined;
  const where =
    position === undefined
      ? `It is in ${configPath}.`
      : `It was thrown at ${position.path}:${String(position.line)}:${String(position.column)}.`;
  return new ConfigError("hook-failed", `The config's ${key} failed: ${reason}`, {
    file: configPath,
    key,
    hint: where,
    cause: error,
  });
}

function isOfProject(file: string, directory: string): boolean {
  const inside = relative(directory, file);
  return !isAbsolute(inside) && !/^\.\.(?:[\\/]|$)|(?:^|[\\/])node_modules[\\/]/.test(inside);
}

/**
 * The functions of a configuration, and the switches in their place.
 * @throws {ConfigError}
 */
export function projectHooks(
  raw: ReadonlyMap<string, unknown>,
  values: ConfigValues,
  configPath: string,
): ProjectHooks {
  const plain = (key: keyof ProjectHooks): Hook | undefined => {
    const value = raw.get(key) ?? undefined;
    if (value !== undefined && !isHook(value)) {
      throw values.fail(key, "must be a function");
    }
    return value;
  };
  const hook = (key: keyof ProjectHooks, answer: Answer): Hook | undefined => {
    const value = plain(key);
    return value && guardedHook(key, value, answer, configPath);
  };
  const comparing = (key: "compareType" | "compareServerDefault"): unknown =>
    isHook(raw.get(key)) ? hook(key, comparison) : values.flag(key, true);
  const process = plain("processRevisionDirectives");
  return {
    includeName: hook("includeName", condition),
    includeObject: hook("includeObject", condition),
    compareType: comparing("compareType"),
    compareServerDefault: comparing("compareServerDefault"),
    compareCheckConstraints: checkComparison(raw.get("compareCheckConstraints"), values),
    renderItem: hook("renderItem", rendering),
    processRevisionDirectives: process && guardedStep("processRevisionDirectives", process, configPath),
    // Its failure is one of the run.
    onVersionApply: plain("onVersionApply"),
  } as ProjectHooks;
}

/** An ini file has `by_name` or `byname` for it, as it has `true` for a flag. */
function checkComparison(value: unknown, values: ConfigValues): boolean | "byName" {
  if (typeof value === "string" && /^by_?name$/i.test(value.trim())) {
    return "byName";
  }
  try {
    return values.flag("compareCheckConstraints", true);
  } catch {
    throw values.fail("compareCheckConstraints", 'must be true, false or "byName"');
  }
}

function isHook(value: unknown): value is Hook {
  return typeof value === "function";
}
