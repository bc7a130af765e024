const longestName = 63;

/** A name with a suffix, cut before it to PostgreSQL's 63 bytes: cut behind it, it would be the name alone. */
export function suffixedName(name: string, suffix: string): string {
  const encoder = new TextEncoder();
  let stem = name;
  while (encoder.encode(stem + suffix).length > longestName) {
    stem = Array.from(stem).slice(0, -1).join("");
  }
  return stem + suffix;
}
