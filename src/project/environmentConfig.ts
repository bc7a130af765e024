import type { EnvironmentOptions } from "./alembicConfig";
import { configValues, FailedValue, recordEntries, type ConfigValues } from "./configValues";
import type { ConfigError } from "./errors";
import type { EnvironmentConfig } from "./projectConfig";

const colors = new Set<unknown>(["red", "orange", "yellow", "green", "blue", "purple"]);

const environmentKeys = ["url", "urlVariable", "color", "production", "tenantSchemas", "tenantUrls"];

/**
 * The named databases of a configuration. One whose URL is empty or can't be read is there, and its failure among `failures`.
 * @throws {ConfigError}
 */
export function environments(
  value: unknown,
  values: ConfigValues,
  failures: Map<string, ConfigError>,
): ReadonlyMap<string, EnvironmentConfig> {
  const named = value instanceof Map ? [...(value as ReadonlyMap<string, unknown>)] : recordEntries(value);
  if (named === undefined) {
    throw values.fail("environments", "must be an object of named databases");
  }
  return new Map(
    named.map(([name, options]) => {
      const [failed] = (recordEntries(options) ?? []).flatMap(([, option]) =>
        option instanceof FailedValue ? [option.error] : [],
      );
      const problem = failed ?? emptyUrl(name, options, values);
      if (problem !== undefined) {
        failures.set(`environments.${name}`, problem);
      }
      const readable = recordEntries(options)?.filter(([, option]) => !(option instanceof FailedValue));
      return [
        name,
        environment(name, readable === undefined ? options : Object.fromEntries(readable), values),
      ];
    }),
  );
}

function emptyUrl(name: string, options: unknown, values: ConfigValues): ConfigError | undefined {
  const map = new Map(recordEntries(typeof options === "string" ? { url: options } : options));
  return isBlank(map, "url") && (map.get("urlVariable") ?? "") === ""
    ? blankUrl(`environments.${name}.url`, values)
    : undefined;
}

/** Whether a key is there, and says nothing. */
export function isBlank(map: ReadonlyMap<string, unknown>, key: string): boolean {
  const value = map.get(key) ?? "";
  return map.has(key) && typeof value === "string" && value.trim() === "";
}

/**
 * A URL that is there and empty (`url: process.env.STAGING_URL` where that is not set) was to name a database: any other would
 * be a guess.
 */
export function blankUrl(key: string, values: ConfigValues): ConfigError {
  return values.fail(
    key,
    "is empty",
    "Set the variable that it comes from, or leave `url` out to use DATABASE_URL.",
  );
}

function environment(name: string, options: unknown, values: ConfigValues): EnvironmentConfig {
  const entries = recordEntries(typeof options === "string" ? { url: options } : options);
  const key = `environments.${name}`;
  if (entries === undefined) {
    throw values.fail(key, "must be an object with url or urlVariable");
  }
  const map = new Map(entries);
  const unknown = entries.find(([option]) => !environmentKeys.includes(option));
  if (unknown !== undefined) {
    throw values.fail(
      `${key}.${unknown[0]}`,
      "is not a key of an environment",
      `The keys are ${environmentKeys.join(", ")}.`,
    );
  }
  const color = map.get("color") ?? undefined;
  if (color !== undefined && !colors.has(color)) {
    throw values.fail(`${key}.color`, `must be one of ${[...colors].join(", ")}`);
  }
  const own = configValues(map, values.file, `${key}.`);
  return {
    name,
    url: own.text("url"),
    urlVariable: own.text("urlVariable"),
    color: color as EnvironmentOptions["color"],
    production: own.flag("production", false),
    tenantSchemas: own.text("tenantSchemas"),
    tenantUrls: own.text("tenantUrls"),
  };
}
