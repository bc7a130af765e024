/** Literals of these types are read by the session's time zone. */
const dependOnTimeZone = /\bwith time zone\b/;

/**
 * The texts under which a server may print a default that is certainly the given one. What it prints reads back as
 * the same value, so a literal whose text is the printed one is that value.
 * @param given SQL, as TypeORM writes it
 * @param type as the server prints it
 */
export function printedDefaults(given: string, type: string): ReadonlySet<string> {
  const printed = new Set([given]);
  const literal = /^'((?:[^'\\]|'')*)'$/.exec(given)?.[1];
  if (literal === undefined || dependOnTimeZone.test(type)) {
    return printed;
  }
  const bare = type.replace(/\([^()]*\)/, "");
  const cast = bare === "character" ? "bpchar" : bare;
  printed.add(`'${literal}'::${cast}`);
  if (isNumeric(bare) && /^-?\d+(?:\.\d+)?$/.test(literal)) {
    printed.add(literal);
    printed.add(`(${literal})::${cast}`);
    printed.add(`${literal}::${cast}`);
    printed.add(`'${literal}'::integer`);
  }
  return printed;
}

function isNumeric(type: string): boolean {
  return ["smallint", "integer", "bigint", "numeric", "real", "double precision"].includes(type);
}
