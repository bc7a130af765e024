/**
 * A name for what steps aside until its own is free. PostgreSQL cuts names off after 63 bytes, and so might take the old
 * name for the new one.
 */
export function asideName(name: string): string {
  const suffix = "__renamed";
  let start = name;
  while (new TextEncoder().encode(start + suffix).length > 63) {
    start = start.slice(0, -1);
  }
  return start + suffix;
}
