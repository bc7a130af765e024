import { ConfigError } from "./errors";

/** What a `%(name)s` stands for; undefined if nothing has that name. */
export type InterpolationLookup = (name: string) => string | undefined;

const deepest = 10;

/** What bounds the texts that come of a file: a few names that stand for each other can mean one without end. */
export interface ExpansionBudget {
  left: number;
  /** The failure of the value that was too long; those after it fail with it. */
  exceeded?: ConfigError;
}

/** A million characters, which no configuration comes near. */
export function expansionBudget(): ExpansionBudget {
  return { left: 1_000_000 };
}

/** Where a value stands, and what bounds it. */
export interface InterpolationPlace {
  readonly file: string;
  readonly key: string;
  readonly keepsUnknown: boolean;
  readonly expansion: ExpansionBudget;
}

/**
 * Replaces `%(name)s` and `%%` as Python's `configparser` does. Names that nothing knows stay as they are where `keeps`
 * says so: a file template is made of such names.
 * @throws {ConfigError} `invalid-interpolation`
 */
export function interpolate(
  value: string,
  lookup: InterpolationLookup,
  place: InterpolationPlace,
  depth = 0,
): string {
  if (depth > deepest) {
    throw interpolationError(`'${place.key}' refers to itself`, place);
  }
  return value.replace(/%%|%\(([^()]*)\)s/g, (whole, name: string | undefined) => {
    if (name === undefined) {
      return "%";
    }
    const found = lookup(name);
    if (found === undefined && !place.keepsUnknown) {
      throw interpolationError(
        `'${place.key}' uses %(${name})s, which is neither a key nor an environment variable`,
        place,
      );
    }
    place.expansion.left -= 1 + (found?.length ?? 0);
    if (place.expansion.left < 0) {
      place.expansion.exceeded = interpolationError(`'${place.key}' becomes too long`, place);
      throw place.expansion.exceeded;
    }
    return found === undefined ? whole : interpolate(found, lookup, place, depth + 1);
  });
}

function interpolationError(
  what: string,
  place: { readonly file: string; readonly key: string },
): ConfigError {
  return new ConfigError("invalid-interpolation", `${place.file}: ${what}.`, {
    file: place.file,
    key: place.key,
    hint: "Write %% for a percent sign.",
  });
}
