import { isAlembicsOwn, type ConfigValues } from "./configValues";
import type { ProjectPostWriteHook } from "./projectConfig";
import { splitArguments } from "./splitArguments";

/** Alembic's three keys for what a hook of each type runs; `command` stands for any of them. */
const commandKeys = new Map([
  ["exec", "executable"],
  ["console_scripts", "entrypoint"],
  ["module", "module"],
]);

const hookKeys: readonly string[] = ["name", "type", "command", ...commandKeys.values(), "options", "cwd"];

/**
 * Checks the post-write hooks, written as a list in TypeScript and TOML and as a section in ini.
 * @throws {ConfigError}
 */
export function normaliseHooks(
  value: unknown,
  values: ConfigValues,
  path: (text: string) => string,
): readonly ProjectPostWriteHook[] {
  const hooks: unknown = value ?? [];
  if (!Array.isArray(hooks)) {
    throw values.fail("postWriteHooks", "must be a list of hooks");
  }
  return hooks.map((hook: unknown, index) => normaliseHook(hook, index, values, path));
}

function normaliseHook(
  hook: unknown,
  index: number,
  values: ConfigValues,
  path: (text: string) => string,
): ProjectPostWriteHook {
  if (typeof hook !== "object" || hook === null) {
    throw values.fail(`postWriteHooks[${index}]`, "must be an object with name, type and command");
  }
  const options = new Map<string, unknown>(Object.entries(hook));
  const name = textOf(options.get("name")) ?? String(index + 1);
  const key = `postWriteHooks.${name}`;
  // In Alembic's own files, a hook may have options that only a function in Python knows.
  const unknown = isAlembicsOwn(values.file)
    ? undefined
    : [...options.keys()].find((option) => !hookKeys.includes(option));
  if (unknown !== undefined) {
    throw values.fail(`${key}.${unknown}`, "is not a key of a hook", `The keys are ${hookKeys.join(", ")}.`);
  }
  const type = options.get("type");
  if (type !== "exec" && type !== "console_scripts" && type !== "module") {
    throw values.fail(`${key}.type`, "must be exec, console_scripts or module");
  }
  const commandKey = commandKeys.get(type) ?? "command";
  const command = textOf(options.get("command")) ?? textOf(options.get(commandKey));
  if (command === undefined) {
    throw values.fail(`${key}.${commandKey}`, "is missing: it is what the hook runs");
  }
  return {
    name,
    type,
    command,
    options: hookArguments(options.get("options"), key, values),
    cwd: path(textOf(options.get("cwd")) ?? "."),
  };
}

function hookArguments(value: unknown, key: string, values: ConfigValues): readonly string[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (typeof value === "string") {
    return splitArguments(value);
  }
  if (Array.isArray(value) && value.every((item): item is string => typeof item === "string")) {
    return value;
  }
  throw values.fail(`${key}.options`, "must be a string or a list of strings");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
