import { cutBytes } from "../compare/sequenceName";

const suffix = "__renamed";

/**
 * A name for what steps aside until its own is free. PostgreSQL cuts names off after 63 bytes, and so might take the old
 * name for the new one.
 */
export function asideName(name: string): string {
  return cutBytes(name, 63 - suffix.length) + suffix;
}
