import type { ValueParsers } from "../../sqlText/statement";
import type { TypeormDataSource } from "../typeormTypes";

/** How the application writes and reads values, with its own copy of `pg`. */
export interface ApplicationValues {
  /** Undefined where its driver has none that could be used. */
  readonly parsers: ValueParsers | undefined;
  /** Values as they are to be sent. */
  readonly sent: (values: readonly unknown[]) => readonly unknown[];
}

/**
 * What a DataSource's migrations get to see of values: `extra.types`, or what `pg.types.setTypeParser` and `parseInt8` say,
 * which `PostgresDriver.createPool` (0.3 and 1.x) hands to `pg` when it connects; dates as `pg.defaults` says.
 */
export function applicationValues({ options, driver }: TypeormDataSource): ApplicationValues {
  const defaults = property(driver.postgres, "defaults");
  const { parseInt8 } = options;
  if (parseInt8 !== undefined && hasSetter(defaults, "parseInt8")) {
    Reflect.set(defaults, "parseInt8", parseInt8);
  }
  const types = property(options["extra"], "types") ?? property(driver.postgres, "types");
  const isUtc = property(defaults, "parseInputDatesAsUTC") === true;
  return {
    parsers: isParsers(types) ? types : undefined,
    sent: (values) => values.map((value) => asSent(value, isUtc)),
  };
}

/** An empty list is that of an array to `pg`, also where it goes into JSON: the migration has always stored that. */
function asSent(value: unknown, isUtc: boolean): unknown {
  return Array.isArray(value) && value.length === 0 ? "{}" : isUtc ? dateInUtc(value) : value;
}

function dateInUtc(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(dateInUtc);
  }
  return value instanceof Date ? value.toISOString().replace("Z", "+00:00") : value;
}

function hasSetter(owner: unknown, name: string): owner is object {
  return isObject(owner) && Object.getOwnPropertyDescriptor(owner, name)?.set !== undefined;
}

function isParsers(value: unknown): value is ValueParsers {
  return typeof property(value, "getTypeParser") === "function";
}

function property(value: unknown, name: string): unknown {
  return isObject(value) ? (Reflect.get(value, name) as unknown) : undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" || typeof value === "function") && value !== null;
}
