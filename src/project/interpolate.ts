import { ConfigError } from "./errors";

/** What a `%(name)s` stands for; undefined if nothing has that name. */
export type InterpolationLookup = (name: string) => string | undefined;

const deepest = 10;

/**
 * Replaces `%(name)s` and `%%` as Python's `configparser` does. Names that nothing knows stay as they are where `keeps`
 * says so: a file template is made of such names.
 * @throws {ConfigError} `invalid-interpolation`
 */
export function interpolate(
  value: string,
  lookup: InterpolationLookup,
  place: { readonly file: string; readonly key: string; readonly keepsUnknown: boolean },
  depth = 0,
): string {
  if (depth > deepest) {
    throw interpolationError(`'${place.key}' refers to itself`, place);
  }
  return value.replace(/%%|%\(([^)]*)\)s/g, (whole, name: string | undefined) => {
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
