import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { CustomImplementation } from "../operations/createOperations";
import type { NamingConvention } from "../operations/namingConvention";
import { configValues, FailedValue, isAlembicsOwn, recordEntries, type ConfigValues } from "./configValues";
import { blankUrl, environments, isBlank } from "./environmentConfig";
import { ConfigError } from "./errors";
import { packagePath } from "./textPath";
import { readLintConfig, type LintConfig } from "./lintConfig";
import { normaliseHooks } from "./postWriteHookConfig";
import type { ProjectConfig } from "./projectConfig";
import { projectHooks } from "./projectHooks";
import type { RawConfig } from "./rawConfig";

/** Alembic's defaults, where a configuration does not say otherwise. */
const configDefaults = {
  fileTemplate: "%(rev)s_%(slug)s",
  truncateSlugLength: 40,
  versionTable: "alembic_version",
} as const;

/**
 * Checks a raw configuration and fills in what it leaves out. Relative paths are relative to the config's folder; a
 * script location that is only found below `workingDirectory` is meant there, as in Alembic.
 * @throws {ConfigError}
 */
export function normaliseConfig(raw: RawConfig, configPath: string, workingDirectory: string): ProjectConfig {
  const directory = dirname(configPath);
  const failures = lateFailures(raw.values);
  const isBlankUrl = isBlank(raw.values, "url");
  const values = configValues(withoutFailed(raw.values, failures), configPath);
  const sysPath = pythonPath(raw.values.get("prependSysPath"));
  const path = (text: string): string => absolutePath(text, directory, workingDirectory, sysPath);
  const scriptLocation = values.text("scriptLocation");
  if (scriptLocation === undefined) {
    throw noScriptLocation(configPath);
  }
  refuseOtherEncodings(values);
  // In those, a blank `sqlalchemy.url` is written by hand, for what else names the database.
  if (isBlankUrl && !isAlembicsOwn(configPath)) {
    failures.set("url", blankUrl("url", values));
  }
  const optionalPath = (key: string): string | undefined => {
    const text = values.text(key);
    return text === undefined ? undefined : path(text);
  };
  const locations = values.texts("versionLocations") ?? [];
  return {
    configPath,
    directory,
    scriptLocation: path(scriptLocation),
    versionLocations:
      locations.length > 0 ? locations.map(path) : [resolve(path(scriptLocation), "versions")],
    hasExplicitVersionLocations: locations.length > 0,
    recursiveVersionLocations: values.flag("recursiveVersionLocations", false),
    fileTemplate: (values.text("fileTemplate") ?? configDefaults.fileTemplate).replaceAll("%%(", "%("),
    truncateSlugLength:
      values.wholeNumber("truncateSlugLength", configDefaults.truncateSlugLength) ||
      configDefaults.truncateSlugLength,
    timezone: timezone(values),
    revisionEnvironment: values.flag("revisionEnvironment", false),
    versionTable: values.text("versionTable") ?? configDefaults.versionTable,
    versionTableSchema: values.text("versionTableSchema"),
    versionTablePk: values.flag("versionTablePk", true),
    transactionPerMigration: values.flag("transactionPerMigration", false),
    allowEmptyGlobs: values.flag("allowEmptyGlobs", false),
    url: configuredUrl(values),
    isUrlBlank: isBlankUrl,
    environments: environments(raw.values.get("environments"), values, failures),
    dataSource: optionalPath("dataSource"),
    objects: optionalPath("objects"),
    shadowUrl: values.text("shadowUrl"),
    postWriteHooks: failures.has("postWriteHooks")
      ? []
      : normaliseHooks(raw.values.get("postWriteHooks"), values, path),
    lockTimeout: timeout(raw.values, "lockTimeout", values),
    statementTimeout: timeout(raw.values, "statementTimeout", values),
    lockRetries: values.wholeNumber("lockRetries", 0),
    lockRetryDelayMilliseconds: values.wholeNumber("lockRetryDelay", 1000),
    backup: values.flag("backup", false),
    backupDirectory: optionalPath("backupDirectory") ?? join(directory, ".alembic", "backups"),
    mainBranch: values.text("mainBranch"),
    lint: lintConfig(raw.values.get("lint"), values),
    includeSchemas: includeSchemas(raw.values.get("includeSchemas"), values),
    namingConvention: namingConvention(raw.values.get("namingConvention"), values),
    customOperations: customOperations(raw.values.get("operations"), values),
    hooks: projectHooks(raw.values, values, configPath),
    extraSections: raw.extraSections,
    failures,
  };
}

/** Keys that many commands have no use for: one that can't be read fails where it is used. */
const lateKeys = ["url", "shadowUrl", "dataSource", "postWriteHooks", "backupDirectory"];

function lateFailures(values: ReadonlyMap<string, unknown>): Map<string, ConfigError> {
  return new Map(
    lateKeys.flatMap((key) => {
      const value = values.get(key);
      return value instanceof FailedValue ? [[key, value.error] as const] : [];
    }),
  );
}

function withoutFailed(
  values: ReadonlyMap<string, unknown>,
  failures: ReadonlyMap<string, ConfigError>,
): ReadonlyMap<string, unknown> {
  return new Map([...values].filter(([key]) => !failures.has(key)));
}

/**
 * To be called before a key is used.
 * @throws {ConfigError} what made its value unreadable
 */
export function requireReadable(config: ProjectConfig, key: string): void {
  const failure = config.failures.get(key);
  if (failure !== undefined) {
    throw failure;
  }
}

/** Alembic's own error for a configuration that is absent or says nothing. */
export function noScriptLocation(file: string | undefined): ConfigError {
  return new ConfigError("no-script-location", "No 'script_location' key found in configuration.", {
    file,
    key: "scriptLocation",
    hint:
      file === undefined
        ? "Run `alembic-ts init migrations` to set up a project, or name its configuration with -c."
        : `Add the folder of your migrations to ${file}.`,
  });
}

function absolutePath(
  text: string,
  directory: string,
  workingDirectory: string,
  sysPath: readonly string[],
): string {
  const inPackage = packagePath(text);
  const path = inPackage ?? text;
  const beside = resolve(directory, path);
  const others = [
    workingDirectory,
    ...(inPackage === undefined ? [] : importFolders(directory, workingDirectory, sysPath)),
  ];
  return [beside, ...others.map((folder) => resolve(folder, path))].find(exists) ?? beside;
}

/** Where Python looks for a package of the project's own. */
function importFolders(
  directory: string,
  workingDirectory: string,
  sysPath: readonly string[],
): readonly string[] {
  return [
    ...sysPath.flatMap((folder) => [resolve(workingDirectory, folder), resolve(directory, folder)]),
    join(directory, "src"),
    join(workingDirectory, "src"),
  ];
}

/** The folders of `prepend_sys_path`, split as Alembic splits them. */
function pythonPath(value: unknown): readonly string[] {
  return typeof value === "string" ? value.split(/, *| +|[:\n]/).filter((folder) => folder !== "") : [];
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function timezone(values: ConfigValues): string | undefined {
  const name = values.text("timezone");
  if (name === undefined) {
    // Looking one up loads the names of all.
    return undefined;
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name;
  } catch {
    throw values.fail(
      "timezone",
      `is not a time zone: Can't locate timezone: ${name}`,
      "Use a name such as UTC or Europe/Berlin.",
    );
  }
}

/** Written in another encoding, a revision file could not be read again. */
function refuseOtherEncodings(values: ConfigValues): void {
  const name = values.text("outputEncoding") ?? "utf-8";
  if (!["utf8", "ascii", "usascii"].includes(name.toLowerCase().replace(/[-_ ]/g, ""))) {
    throw values.fail(
      "outputEncoding",
      `must be utf-8, in which Node and the editor read revision files: ${name}`,
      "Take the key out, and convert files that are in another encoding.",
    );
  }
}

/** The URL that `alembic init` writes as a placeholder names no database. */
function configuredUrl(values: ConfigValues): string | undefined {
  const url = values.text("url");
  return url?.startsWith("driver://") === true ? undefined : url;
}

function timeout(raw: ReadonlyMap<string, unknown>, key: string, values: ConfigValues): string | undefined {
  const value = raw.get(key) ?? undefined;
  if (value === undefined || value === "") {
    return undefined;
  }
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  if (!/^\d+\s*(?:us|ms|s|min|h|d)?$/.test(text)) {
    throw values.fail(key, "must be milliseconds, or a time with its unit such as 5s");
  }
  return text;
}

function lintConfig(value: unknown, values: ConfigValues): LintConfig {
  const { config, faults } = readLintConfig(value);
  const [fault] = faults;
  if (fault !== undefined) {
    throw values.fail(fault.key, fault.message);
  }
  return config;
}

function includeSchemas(value: unknown, values: ConfigValues): boolean | readonly string[] {
  return Array.isArray(value) ? (values.texts("includeSchemas") ?? []) : values.flag("includeSchemas", false);
}

const namedKinds: ReadonlySet<string> = new Set<keyof NamingConvention>(["ix", "uq", "ck", "fk", "pk", "ex"]);

function namingConvention(value: unknown, values: ConfigValues): NamingConvention {
  const entries = recordEntries(value);
  if (entries === undefined || entries.some(([, pattern]) => typeof pattern !== "string")) {
    throw values.fail("namingConvention", `must be an object of patterns for ${[...namedKinds].join(", ")}`);
  }
  const unknown = entries.find(([kind]) => !namedKinds.has(kind));
  if (unknown !== undefined) {
    throw values.fail(
      `namingConvention.${unknown[0]}`,
      "is not a kind of constraint",
      `The kinds are ${[...namedKinds].join(", ")}.`,
    );
  }
  return Object.fromEntries(entries);
}

function customOperations(value: unknown, values: ConfigValues): ReadonlyMap<string, CustomImplementation> {
  const entries = recordEntries(value);
  if (entries === undefined || entries.some(([, implementation]) => typeof implementation !== "function")) {
    throw values.fail("operations", "must be an object of functions");
  }
  return new Map(entries as [string, CustomImplementation][]);
}
