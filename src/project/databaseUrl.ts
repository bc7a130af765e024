import { joinPaths } from "./textPath";

/** A URL of a database, taken apart as far as this program has to understand it. */
export type DatabaseUrl =
  | { readonly kind: "server"; readonly url: string }
  | { readonly kind: "sqlite"; readonly file: string }
  | { readonly kind: "invalid"; readonly problem: string; readonly hint: string };

/** The parts of a PostgreSQL address that are named one by one, none of them encoded. */
export interface ServerParts {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly database: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** With its question mark, or "". */
  readonly query?: string;
}

/**
 * Reads a database URL: libpq's forms and SQLAlchemy's, whose driver (`+asyncpg`) is dropped. The server's URL is one that
 * `pg` and the WHATWG parser both understand: a socket's folder becomes the `host` parameter, and what was not encoded in
 * the user's name and the password is. A relative SQLite file is relative to `directory`.
 *
 * https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls
 */
export function readDatabaseUrl(text: string, directory: string): DatabaseUrl {
  const match = /^([a-z0-9]+)(?:\+[\w]+)?:\/\/(.*)$/is.exec(text.trim());
  const scheme = match?.[1]?.toLowerCase();
  const rest = match?.[2] ?? "";
  switch (scheme) {
    case "postgres":
    case "postgresql":
      return readServerUrl(rest);
    case "sqlite":
      return { kind: "sqlite", file: sqliteFile(rest, directory) };
    case undefined:
      return invalid("is no URL", "Write it as postgresql://user:password@host:5432/database.");
    default:
      return invalid(
        `is for ${scheme}, which is not supported`,
        "PostgreSQL and SQLite are: postgresql://… or sqlite:///…",
      );
  }
}

/** The URL for an address that is named part by part; parts that are not are libpq's defaults. */
export function serverUrl(parts: ServerParts): string {
  const isSocket = parts.host?.startsWith("/") === true || parts.host?.startsWith("@") === true;
  const query = new URLSearchParams(parts.query ?? "");
  if (isSocket && parts.host !== undefined) {
    query.set("host", parts.host);
  }
  const user = encodeURIComponent(parts.user ?? "");
  const password =
    parts.password === undefined || parts.password === "" ? "" : `:${encodeURIComponent(parts.password)}`;
  const credentials = user === "" && password === "" ? "" : `${user}${password}@`;
  const host =
    isSocket || parts.host === undefined || parts.host === "" ? "localhost" : bracketed(parts.host);
  const port = parts.port === undefined || parts.port === "" ? "" : `:${parts.port}`;
  const search = query.size === 0 ? "" : `?${query.toString()}`;
  return `postgresql://${credentials}${host}${port}/${encodeURIComponent(parts.database ?? "")}${search}`;
}

function readServerUrl(rest: string): DatabaseUrl {
  const questionMark = rest.indexOf("?");
  const base = questionMark === -1 ? rest : rest.slice(0, questionMark);
  const query = questionMark === -1 ? "" : libpqQuery(rest.slice(questionMark));
  const at = base.lastIndexOf("@");
  const [user, password] = at === -1 ? [undefined, undefined] : splitCredentials(base.slice(0, at));
  const address = /^(\[[^\]]*\]|[^:/]*)(?::(\d*))?(?:\/(.*))?$/s.exec(base.slice(at + 1));
  if (address === null) {
    return invalid(
      "has no readable host and port",
      "Write it as postgresql://user:password@host:5432/database.",
    );
  }
  const [, host = "", port = "", database = ""] = address;
  const named = decoded(host).replace(/^\[|\]$/g, "");
  const url = serverUrl({ host: named, port, database: decoded(database), user, password, query });
  return URL.canParse(url) ? { kind: "server", url } : invalid("is no URL", "Check its host and its port.");
}

function splitCredentials(text: string): readonly [string, string | undefined] {
  const colon = text.indexOf(":");
  return colon === -1
    ? [decoded(text), undefined]
    : [decoded(text.slice(0, colon)), decoded(text.slice(colon + 1))];
}

/** asyncpg's `ssl=require` is libpq's `sslmode=require`. */
function libpqQuery(query: string): string {
  return query.replace(
    /([?&])ssl=(disable|allow|prefer|require|verify-ca|verify-full)(?=&|$)/g,
    "$1sslmode=$2",
  );
}

function sqliteFile(rest: string, directory: string): string {
  const path = decoded(rest.replace(/\?.*$/s, "").replace(/^\//, ""));
  return path === "" || path === ":memory:" ? ":memory:" : joinPaths(directory, path);
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function invalid(problem: string, hint: string): DatabaseUrl {
  return { kind: "invalid", problem, hint };
}
