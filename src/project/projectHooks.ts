import { dirname, isAbsolute, relative } from "node:path";
import { findPosition } from "../operations/callSite";
import type { ConfigValues } from "./configValues";
import { ConfigError } from "./errors";
import type { ProjectHooks } from "./projectConfig";

type Hook = (...input: readonly unknown[]) => unknown;

/** A function of the configuration whose failure, at once or of its promise, is told as one of the configuration. */
function guardedHook(key: keyof ProjectHooks, hook: Hook, configPath: string): Hook {
  return (...input) => {
    try {
      const result = hook(...input);
      return result instanceof Promise
        ? result.catch((error: unknown) => {
            throw hookFailure(key, error, configPath);
          })
        : result;
    } catch (error) {
      throw hookFailure(key, error, configPath);
    }
  };
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
  const hook = (key: keyof ProjectHooks): Hook | undefined => {
    const value = plain(key);
    return value && guardedHook(key, value, configPath);
  };
  const comparison = (key: "compareType" | "compareServerDefault"): unknown =>
    isHook(raw.get(key)) ? hook(key) : values.flag(key, true);
  return {
    includeName: hook("includeName"),
    includeObject: hook("includeObject"),
    compareType: comparison("compareType"),
    compareServerDefault: comparison("compareServerDefault"),
    compareCheckConstraints: checkComparison(raw.get("compareCheckConstraints"), values),
    renderItem: hook("renderItem"),
    processRevisionDirectives: hook("processRevisionDirectives"),
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
