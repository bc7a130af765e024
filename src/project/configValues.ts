import { ConfigError } from "./errors";

/** The value of a key that can't be read; it fails when the key is used, and a command that has no use for it goes on. */
export class FailedValue {
  constructor(readonly error: ConfigError) {}
}

/** Whether a configuration has the form of Alembic's own, with what belongs to Alembic in Python. */
export function isAlembicsOwn(file: string): boolean {
  return /\.(?:ini|cfg|toml)$/.test(file);
}

/** Reads checked values out of a raw configuration; every failure names the file and the key. */
export interface ConfigValues {
  readonly file: string;
  text(key: string): string | undefined;
  flag(key: string, fallback: boolean): boolean;
  wholeNumber(key: string, fallback: number): number;
  texts(key: string): readonly string[] | undefined;
  fail(key: string, problem: string, hint?: string): ConfigError;
}

const flags = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["off", false],
  ["0", false],
]);

/** The checked view of `values`, which came from `file` and, with their keys, from below `prefix` in it. */
export function configValues(values: ReadonlyMap<string, unknown>, file: string, prefix = ""): ConfigValues {
  const fail = (key: string, problem: string, hint?: string): ConfigError =>
    new ConfigError("config-invalid", `${file}: '${prefix}${key}' ${problem}.`, {
      file,
      key: prefix + key,
      hint,
    });
  const present = (key: string): unknown => {
    const value = values.get(key) ?? undefined;
    if (value instanceof FailedValue) {
      throw value.error;
    }
    return value;
  };
  return {
    file,
    fail,
    text(key) {
      const value = present(key);
      if (value === undefined || value === "") {
        return undefined;
      }
      if (typeof value !== "string") {
        throw fail(key, "must be a string");
      }
      return value;
    },
    flag(key, fallback) {
      const value = present(key) ?? fallback;
      const flag = typeof value === "string" ? flags.get(value.trim().toLowerCase()) : value;
      if (typeof flag !== "boolean") {
        throw fail(key, "must be true or false");
      }
      return flag;
    },
    wholeNumber(key, fallback) {
      const value = present(key) ?? fallback;
      const number = typeof value === "string" ? Number(value.trim()) : value;
      if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0) {
        throw fail(key, "must be a whole number, 0 or more");
      }
      return number;
    },
    texts(key) {
      const value = present(key);
      const list: readonly unknown[] | undefined =
        value === undefined || Array.isArray(value) ? value : [value];
      if (list !== undefined && !list.every((item): item is string => typeof item === "string")) {
        throw fail(key, "must be a list of strings");
      }
      return list;
    },
  };
}

/** What an object of a configuration holds: nothing where it is absent, undefined where the value is no object. */
export function recordEntries(value: unknown): [string, unknown][] | undefined {
  if (value === undefined || value === null) {
    return [];
  }
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof FailedValue)
    ? Object.entries(value)
    : undefined;
}
