import { parse } from "@babel/parser";
import type { Node, ObjectExpression, Program } from "@babel/types";
import type { NamingConvention } from "../operations/namingConvention";
import type { Dialect } from "../sqlText/dialect";
import { ConfigError } from "./errors";
import { readLintConfig, type LintConfig } from "./lintConfig";
import { parseIni } from "./parseIni";
import { readIniConfig, readTomlConfig, type RawConfig } from "./rawConfig";
import { constantsOf, propertyName, type ConstantScope } from "../source/constantValues";
import { staticValue, unwrapExpression } from "./staticValue";
import { joinPaths, packagePath, parentPath } from "./textPath";

/** An environment's name and marks, without its address. */
export interface StaticEnvironment {
  readonly name: string;
  readonly color: string | undefined;
  readonly production: boolean;
}

/** What a configuration's text says by itself. Paths are absolute if the config's own path was. */
export interface StaticConfig {
  readonly scriptLocation: string | undefined;
  /** Empty where they can't be told, or where neither they nor the script location are given. */
  readonly versionLocations: readonly string[];
  readonly recursiveVersionLocations: boolean;
  readonly fileTemplate: string;
  readonly truncateSlugLength: number;
  readonly timezone: string | undefined;
  readonly versionTable: string;
  readonly dataSource: string | undefined;
  /** The main branch of Git, where it is named. */
  readonly mainBranch: string | undefined;
  readonly environments: readonly StaticEnvironment[];
  /** The name of the environment that is meant where none is chosen; undefined if there is none, or it can't be told. */
  readonly defaultEnvironment: string | undefined;
  /** What the URLs that are written out have in common; undefined where none is, or they differ. */
  readonly dialect: Dialect | undefined;
  /** `computed`: there is one, or may be, that only running the config would tell. */
  readonly namingConvention: NamingConvention | "computed" | undefined;
  /** What is written out of it. */
  readonly lint: LintConfig;
  /** Keys whose values are computed, so that only running the config would tell. */
  readonly unreadKeys: readonly string[];
}

/**
 * Reads the literals of a configuration (TypeScript, JavaScript, JSON, ini, TOML) without running anything. Undefined
 * if the text is no configuration or does not parse.
 *
 * @param section of an ini file, Alembic's `--name`; that which Alembic reads without it if left out
 */
export function readStaticConfig(text: string, path: string, section?: string): StaticConfig | undefined {
  const raw = readRaw(text, path, section);
  return raw === undefined || (raw.values.size === 0 && raw.unreadKeys.length === 0)
    ? undefined
    : toStaticConfig(raw, parentPath(path));
}

/**
 * The sections of a configuration that have revisions of their own, which Alembic tells apart by `--name`: undefined for
 * that which it reads without. All files but ini have that one alone.
 */
export function staticSections(text: string, path: string): readonly (string | undefined)[] {
  const sections = /\.(?:ini|cfg)$/.test(path) ? [...(parseIni(text) ?? [])] : [];
  const named = sections.flatMap(([name, keys]) =>
    keys.has("script_location") && !["alembic", "DEFAULT"].includes(name) ? [name] : [],
  );
  const hasMain = named.length === 0 || sections.some(([name]) => name === "alembic");
  return [...(hasMain ? [undefined] : []), ...named];
}

/**
 * The values that a TypeScript or JavaScript configuration writes out, by their keys, and the keys whose values only running
 * it would tell. Undefined if the text exports no object.
 */
export function readWrittenValues(
  text: string,
  path: string,
):
  { readonly values: Readonly<Record<string, unknown>>; readonly unreadKeys: readonly string[] } | undefined {
  const raw = readRaw(text, path);
  return raw === undefined
    ? undefined
    : { values: Object.fromEntries(raw.values), unreadKeys: raw.unreadKeys };
}

function readRaw(text: string, path: string, section = "alembic"): RawConfig | undefined {
  const directory = parentPath(path);
  const context = { path, directory, section, variables: {}, keepsUnknown: true };
  try {
    switch (/\.[^.\\/]*$/.exec(path)?.[0]) {
      case ".ini":
      case ".cfg":
        return readIniConfig(text, context);
      case ".toml":
        return readTomlConfig(text, context);
      case ".json":
        return readScript(`export default ${text}`, directory);
      default:
        return readScript(text, directory);
    }
  } catch (error) {
    // A RangeError: brackets within each other that are too deep for the parser's stack.
    if (error instanceof ConfigError || error instanceof SyntaxError || error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

function readScript(text: string, directory: string): RawConfig | undefined {
  const { program } = parse(text, {
    sourceType: "unambiguous",
    plugins: ["typescript"],
    errorRecovery: true,
  });
  const scope: ConstantScope = { constants: constantsOf(program), directory, joinPaths };
  const exported = exportedExpression(program);
  const object = exported === undefined ? undefined : configObject(exported, scope);
  return object === undefined ? undefined : readObject(object, scope);
}

function exportedExpression(program: Program): Node | undefined {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration") {
      return statement.declaration;
    }
    if (statement.type === "TSExportAssignment") {
      return statement.expression;
    }
    if (statement.type === "ExpressionStatement" && statement.expression.type === "AssignmentExpression") {
      const { left, right } = statement.expression;
      if (
        left.type === "MemberExpression" &&
        left.property.type === "Identifier" &&
        left.property.name === "exports"
      ) {
        return right;
      }
    }
  }
  return undefined;
}

function configObject(expression: Node, scope: ConstantScope): ObjectExpression | undefined {
  const node = unwrapExpression(expression, scope);
  if (node.type === "ObjectExpression") {
    return node;
  }
  const isDefineConfig =
    node.type === "CallExpression" &&
    node.callee.type === "Identifier" &&
    node.callee.name === "defineConfig";
  const argument = isDefineConfig ? node.arguments[0] : undefined;
  return argument === undefined ? undefined : configObject(argument, scope);
}

function readObject(object: ObjectExpression, scope: ConstantScope): RawConfig {
  const values = new Map<string, unknown>();
  const unreadKeys: string[] = [];
  for (const property of object.properties) {
    if (property.type === "SpreadElement") {
      const spread = configObject(property.argument, scope);
      const inner = spread === undefined ? undefined : readObject(spread, scope);
      inner?.values.forEach((value, key) => values.set(key, value));
      unreadKeys.push(...(inner?.unreadKeys ?? ["..."]));
      continue;
    }
    const name = property.type === "ObjectProperty" ? propertyName(property) : undefined;
    if (property.type !== "ObjectProperty" || name === undefined) {
      continue;
    }
    const value = staticValue(property.value, scope);
    if (value.isKnown) {
      values.set(name, value.value);
    } else {
      values.delete(name);
      unreadKeys.push(name);
    }
  }
  return { values, extraSections: new Map(), unreadKeys };
}

function toStaticConfig({ values, unreadKeys }: RawConfig, directory: string): StaticConfig {
  const text = (key: string): string | undefined => nonEmptyText(values.get(key));
  const path = (written: string): string => joinPaths(directory, packagePath(written) ?? written);
  const scriptLocation = text("scriptLocation");
  const locations = asTexts(values.get("versionLocations"));
  const isUnread = unreadKeys.includes("versionLocations") || unreadKeys.includes("...");
  const defaultLocations =
    scriptLocation === undefined || isUnread ? [] : [joinPaths(path(scriptLocation), "versions")];
  const dataSource = text("dataSource");
  const environments = staticEnvironments(values.get("environments"));
  const isOtherMeant =
    text("url") !== undefined || ["url", "environments", "..."].some((key) => unreadKeys.includes(key));
  return {
    scriptLocation: scriptLocation === undefined ? undefined : path(scriptLocation),
    versionLocations: locations.length > 0 ? locations.map(path) : defaultLocations,
    recursiveVersionLocations: isTrue(values.get("recursiveVersionLocations")),
    fileTemplate: (text("fileTemplate") ?? "%(rev)s_%(slug)s").replaceAll("%%(", "%("),
    truncateSlugLength: Number(values.get("truncateSlugLength")) || 40,
    timezone: text("timezone"),
    versionTable: text("versionTable") ?? "alembic_version",
    dataSource: dataSource === undefined ? undefined : path(dataSource),
    mainBranch: text("mainBranch"),
    environments,
    defaultEnvironment: environments.length > 1 || isOtherMeant ? undefined : environments[0]?.name,
    dialect: dialectOf(values),
    namingConvention: staticConvention(values.get("namingConvention"), unreadKeys),
    lint: readLintConfig(values.get("lint")).config,
    unreadKeys,
  };
}

function dialectOf(values: RawConfig["values"]): Dialect | undefined {
  const environments = entriesOf(values.get("environments")).map(
    ([, options]) => new Map(entriesOf(options)),
  );
  const urls = [values, ...environments].map((part) => nonEmptyText(part.get("url")));
  const dialects = new Set(
    urls.flatMap((url) =>
      url === undefined ? [] : ([/^sqlite:/i.test(url) ? "sqlite" : "postgresql"] as const),
    ),
  );
  const [dialect] = dialects;
  return dialects.size === 1 ? dialect : undefined;
}

function staticConvention(
  value: unknown,
  unreadKeys: readonly string[],
): NamingConvention | "computed" | undefined {
  const entries = entriesOf(value);
  return unreadKeys.includes("namingConvention") ||
    unreadKeys.includes("...") ||
    entries.some(([, pattern]) => typeof pattern !== "string")
    ? "computed"
    : entries.length === 0
      ? undefined
      : Object.fromEntries(entries);
}

function staticEnvironments(value: unknown): readonly StaticEnvironment[] {
  return entriesOf(value).map(([name, options]) => {
    const own = new Map(entriesOf(options));
    return { name, color: nonEmptyText(own.get("color")), production: isTrue(own.get("production")) };
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  if (value instanceof Map) {
    return [...(value as ReadonlyMap<string, unknown>)];
  }
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function asTexts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === "string" && item !== "");
}

function nonEmptyText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isTrue(value: unknown): boolean {
  return value === true || (typeof value === "string" && /^(?:true|yes|on|1)$/i.test(value.trim()));
}
