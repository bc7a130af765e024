import { FailedValue } from "./configValues";
import { ConfigError } from "./errors";
import { expansionBudget, interpolate, type ExpansionBudget } from "./interpolate";
import { parseIni, type IniSections } from "./parseIni";
import { parseToml } from "./parseToml";

/** A configuration as its file has it: keys in camelCase, values of any kind, nothing checked. */
export interface RawConfig {
  readonly values: ReadonlyMap<string, unknown>;
  readonly extraSections: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Keys whose values only running the file would tell. */
  readonly unreadKeys: readonly string[];
}

/** What surrounds an ini or TOML file. */
export interface RawConfigContext {
  readonly path: string;
  /** The folder that `%(here)s` stands for. */
  readonly directory: string;
  /** The ini section to read, Alembic's `-n`. */
  readonly section: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** How many characters the values of the file may still come to, for all of them together. */
  readonly expansion?: ExpansionBudget;
  /** Leave a `%(name)s` that stands for nothing as it is, where the variables are not at hand. */
  readonly keepsUnknown?: boolean | undefined;
}

const environmentSection = /^environment:(.+)$/;

/**
 * Reads an `alembic.ini`: the named section, `[post_write_hooks]`, and `[environment:name]` for named databases.
 * A value with a `%(name)s` that stands for nothing is a `FailedValue`.
 * @throws {ConfigError} the text is not an ini file
 */
export function readIniConfig(text: string, given: RawConfigContext): RawConfig {
  const context = { ...given, expansion: expansionBudget() };
  const sections = parseIni(text);
  if (sections === undefined) {
    throw new ConfigError("config-unreadable", `${context.path} is not an ini file.`, { file: context.path });
  }
  const main = readSection(sections, context.section, context);
  const values = new Map([...main].map(([key, value]): [string, unknown] => [configKey(key), value]));
  const hooks = iniHooks(readSection(sections, "post_write_hooks", context));
  if (hooks instanceof FailedValue || hooks.length > 0) {
    values.set("postWriteHooks", hooks);
  }
  const lint = readSection(sections, "lint", context);
  if (lint.size > 0) {
    values.set("lint", Object.fromEntries(lint));
  }
  const environments = [...sections.keys()].flatMap((name) => {
    const match = environmentSection.exec(name);
    return match?.[1] === undefined
      ? []
      : [[match[1], camelCaseObject(readSection(sections, name, context))] as const];
  });
  if (environments.length > 0) {
    values.set("environments", new Map<string, unknown>(environments));
  }
  return {
    values: withSplitLocations(values, context),
    extraSections: extraSections(sections, context),
    unreadKeys: [],
  };
}

/**
 * Reads the `[tool.alembic]` table of a `pyproject.toml`; undefined if there is none.
 * @throws {ConfigError} the text is not TOML
 */
export function readTomlConfig(text: string, context: RawConfigContext): RawConfig | undefined {
  const tool = readToml(text, context.path).tool;
  const table = isRecord(tool) ? tool.alembic : undefined;
  if (!isRecord(table)) {
    return undefined;
  }
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(table)) {
    values.set(configKey(key), interpolateDeeply(value, configKey(key), context));
  }
  const environments = values.get("environments");
  if (isRecord(environments)) {
    const named = Object.entries(environments).map(([name, value]) => [name, camelCaseKeys(value)] as const);
    values.set("environments", new Map<string, unknown>(named));
  }
  return { values: withSplitLocations(values, context), extraSections: new Map(), unreadKeys: [] };
}

/** Alembic's `script_location` and `sqlalchemy.url` as `scriptLocation` and `url`. */
function configKey(key: string): string {
  return key === "sqlalchemy.url"
    ? "url"
    : key.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
}

/** A section with its texts interpolated; what `[DEFAULT]` says counts as the main section's own. */
function readSection(
  sections: IniSections,
  name: string,
  context: RawConfigContext,
): ReadonlyMap<string, string | FailedValue> {
  const own = sections.get(name);
  if (own === undefined) {
    return new Map();
  }
  const defaults = sections.get("DEFAULT") ?? new Map<string, string>();
  const lookup = lookupIn([own, defaults], context);
  const shown = name === context.section ? new Map([...defaults, ...own]) : own;
  return new Map([...shown].map(([key, value]) => [key, readValue(value, lookup, placeOf(key, context))]));
}

function readValue(...given: Parameters<typeof interpolate>): string | FailedValue {
  const [, , { expansion }] = given;
  if (expansion.exceeded !== undefined) {
    return new FailedValue(expansion.exceeded);
  }
  try {
    return interpolate(...given);
  } catch (error) {
    if (error instanceof ConfigError) {
      return new FailedValue(error);
    }
    throw error;
  }
}

function placeOf(key: string, context: RawConfigContext) {
  const { expansion = expansionBudget() } = context;
  return { file: context.path, key, keepsUnknown: keepsUnknown(key, context), expansion };
}

/** A file template is made of names that the template's own tokens will replace. */
function keepsUnknown(key: string, context: RawConfigContext): boolean {
  return configKey(key) === "fileTemplate" || context.keepsUnknown === true;
}

function lookupIn(sections: readonly ReadonlyMap<string, string>[], context: RawConfigContext) {
  return (name: string): string | undefined => {
    if (name === "here") {
      return context.directory.replaceAll("%", "%%");
    }
    const key = name.toLowerCase();
    const value = sections.find((section) => section.has(key))?.get(key);
    return value ?? context.variables[name]?.replaceAll("%", "%%");
  };
}

function extraSections(sections: IniSections, context: RawConfigContext): RawConfig["extraSections"] {
  const known = new Set([context.section, "post_write_hooks", "lint", "DEFAULT"]);
  const extra = [...sections].filter(([name]) => !known.has(name) && !environmentSection.test(name));
  return new Map(extra);
}

/** Turns `hooks = a, b` with `a.type`, `a.options` and so on into a list. */
function iniHooks(
  section: ReadonlyMap<string, string | FailedValue>,
): FailedValue | readonly Readonly<Record<string, string>>[] {
  const failed = [...section.values()].find((value) => value instanceof FailedValue);
  return failed ?? readHooks(section as ReadonlyMap<string, string>);
}

function readHooks(section: ReadonlyMap<string, string>): readonly Readonly<Record<string, string>>[] {
  const options = new Map<string, Record<string, string>>();
  for (const [key, value] of section) {
    const dot = key.lastIndexOf(".");
    const hook = options.get(key.slice(0, dot)) ?? {};
    hook[configKey(key.slice(dot + 1))] = value;
    options.set(key.slice(0, dot), hook);
  }
  const names = (section.get("hooks") ?? "").split(/[\s,]+/).filter((name) => name !== "");
  return names.map((name) => ({ name, ...options.get(name.toLowerCase()) }));
}

const separators = new Map<unknown, string>([
  [":", ":"],
  [";", ";"],
  ["space", " "],
  ["newline", "\n"],
]);

/** Splits `version_locations` where it is one text, by `path_separator` or as Alembic did before it had that key. */
function withSplitLocations(
  values: Map<string, unknown>,
  { directory, path }: Pick<RawConfigContext, "directory" | "path">,
): ReadonlyMap<string, unknown> {
  const locations = values.get("versionLocations");
  if (typeof locations === "string") {
    const key = values.has("pathSeparator") ? "path_separator" : "version_path_separator";
    const named = values.get(configKey(key)) ?? undefined;
    values.set(
      "versionLocations",
      named instanceof FailedValue ? named : splitLocations(locations, { key, named, directory, path }),
    );
  }
  return values;
}

function splitLocations(
  locations: string,
  { key, named, directory, path }: { key: string; named: unknown; directory: string; path: string },
): readonly string[] | FailedValue {
  const systemSeparator = /^(?:[A-Za-z]:|\\\\)/.test(directory) ? ";" : ":";
  const name = typeof named === "string" ? named.trim() : named;
  const separator = name === undefined ? /, *|\s+/ : name === "os" ? systemSeparator : separators.get(name);
  if (separator === undefined) {
    return new FailedValue(
      new ConfigError(
        "config-invalid",
        `${path}: '${key}' is ${JSON.stringify(named)}, which is not a separator.`,
        {
          file: path,
          key,
          hint: "Use os, space, newline, : or ;. In an ini file, write comments on separate lines.",
        },
      ),
    );
  }
  return locations
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function readToml(text: string, path: string): Record<string, unknown> {
  try {
    return parseToml(text);
  } catch (error) {
    const sentence = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
    throw new ConfigError("config-unreadable", `${path} is not TOML: ${sentence}`, {
      file: path,
      cause: error,
    });
  }
}

function interpolateDeeply(value: unknown, key: string, context: RawConfigContext): unknown {
  if (typeof value === "string") {
    return readValue(value, lookupIn([], context), placeOf(key, context));
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => interpolateDeeply(item, key, context));
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, interpolateDeeply(item, key, context)]),
      )
    : value;
}

function camelCaseKeys(value: unknown): unknown {
  return isRecord(value) ? camelCaseObject(new Map(Object.entries(value))) : value;
}

function camelCaseObject(entries: ReadonlyMap<string, unknown>): Record<string, unknown> {
  return Object.fromEntries([...entries].map(([key, value]) => [configKey(key), value]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
