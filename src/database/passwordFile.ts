import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { homeFolder } from "../machine/homeFolder";
import type { ServerAddress } from "./serverAddress";

/**
 * The password that a password file has for a server (PostgreSQL, "The Password File"); undefined where it has none. Like
 * libpq this passes over a file that others may read. `pg` would read the file itself, with a warning that it soon will not.
 * @param file `passfile` of the URL; otherwise that of `PGPASSFILE`, or the user's own
 */
export function passwordFromFile(
  address: Omit<ServerAddress, "password">,
  file: string = usualFile(),
): string | undefined {
  const host = address.host.startsWith("/") || address.host === "" ? "localhost" : address.host;
  const wanted = [host, address.port, address.database, address.user];
  for (const line of readPrivate(file).split(/\r?\n/)) {
    const fields = line.startsWith("#") ? [] : fieldsOf(line);
    if (fields.length >= 5 && wanted.every((value, at) => fields[at] === "*" || fields[at] === value)) {
      return fields[4];
    }
  }
  return undefined;
}

function usualFile(): string {
  const ofWindows = join(process.env["APPDATA"] ?? ".", "postgresql", "pgpass.conf");
  return (
    process.env["PGPASSFILE"] ||
    (process.platform === "win32" ? ofWindows : join(homeFolder() ?? "/", ".pgpass"))
  );
}

function readPrivate(file: string): string {
  try {
    const facts = statSync(file);
    const isPrivate = process.platform === "win32" || (facts.mode & 0o077) === 0;
    return facts.isFile() && isPrivate ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}

/** Separated by colons; a backslash takes the character behind it as it is. */
function fieldsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|:)((?:[^:\\]|\\.)*)/g)].map(([, field = ""]) =>
    field.replace(/\\(.)/g, "$1"),
  );
}
