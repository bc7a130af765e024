import { completeParameters, type LibpqParameters } from "./libpqParameters";
import { joinPaths } from "./textPath";
import type { Variables } from "./variables";

/** A URL of a database, taken apart as far as this program has to understand it. */
export type DatabaseUrl =
  | { readonly kind: "server"; readonly url: string }
  | { readonly kind: "sqlite"; readonly file: string; readonly isReadOnly?: true }
  | { readonly kind: "embedded" }
  | { readonly kind: "invalid"; readonly problem: string; readonly hint: string };

const exampleHint = "Write it as postgresql://user:password@host:5432/database.";

/**
 * Reads a database URL: libpq's forms and SQLAlchemy's, whose driver (`+asyncpg`) is dropped; `embedded:` is the embedded
 * PostgreSQL. A server's URL is given in a form that needs nothing else: what the URL leaves open is filled in as libpq does,
 * by its service and by the `PG…` variables, and every part is encoded as the WHATWG parser reads it. A socket's folder and a
 * list of hosts are its `host` parameter. A relative SQLite file is relative to `directory`.
 *
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 * https://docs.sqlalchemy.org/en/20/core/engines.html#database-urls
 */
export function readDatabaseUrl(text: string, directory: string, variables: Variables = {}): DatabaseUrl {
  if (/^embedded:(?:\/\/)?$/i.test(text.trim())) {
    return { kind: "embedded" };
  }
  const match = /^([a-z0-9]+)(?:\+[\w]+)?:\/\/(.*)$/is.exec(text.trim());
  const scheme = match?.[1]?.toLowerCase();
  const rest = match?.[2] ?? "";
  switch (scheme) {
    case "postgres":
    case "postgresql":
      return readServerUrl(rest, variables);
    case "sqlite":
      return readSqliteUrl(rest, directory);
    case undefined:
      return invalid("is not a URL", exampleHint);
    default:
      return invalid(
        `is for ${scheme}, which is not supported`,
        "Use PostgreSQL or SQLite: postgresql://… or sqlite:///…",
      );
  }
}

/** The URL for an address whose parts are named one by one, none of them encoded; parts that are not are left open. */
export function serverUrl(parameters: LibpqParameters): string {
  const rest = new Map([...parameters].filter(([, value]) => value !== ""));
  const take = (name: string): string | undefined => {
    const value = rest.get(name);
    rest.delete(name);
    return value;
  };
  const [user, password, database] = [take("user"), take("password"), take("dbname")];
  const host = rest.get("host");
  const port = rest.get("port");
  const isSocket = host?.startsWith("/") === true || host?.startsWith("@") === true;
  const isList = [host, port].some((value) => value?.includes(",") === true);
  if (!isSocket && !isList) {
    rest.delete("host");
  }
  if (!isList) {
    rest.delete("port");
  }
  const authority =
    (isSocket || isList || host === undefined ? "localhost" : bracketed(host)) +
    (isList || port === undefined ? "" : `:${port}`);
  const secret = password === undefined ? "" : `:${encodeURIComponent(password)}`;
  const credentials =
    user === undefined && secret === "" ? "" : `${encodeURIComponent(user ?? "")}${secret}@`;
  const query = new URLSearchParams([...rest]).toString();
  return `postgresql://${credentials}${authority}/${encodeURIComponent(database ?? "")}${query === "" ? "" : `?${query}`}`;
}

function readServerUrl(rest: string, variables: Variables): DatabaseUrl {
  // In what a client sends first, it would end a value and begin the name of the next.
  if (rest.includes("\0") || /%00/.test(rest)) {
    return invalid("contains a NUL character (%00)", "Remove %00 from it.");
  }
  const given = serverParameters(rest);
  if (given === undefined) {
    return invalid("has no readable host and port", exampleHint);
  }
  const complete = completeParameters(given, variables);
  if (complete.kind === "refused") {
    return invalid(complete.problem, complete.hint);
  }
  const url = serverUrl(complete.parameters);
  return URL.canParse(url)
    ? { kind: "server", url }
    : invalid("is not a URL", "Check its host and its port.");
}

/** The parameters that a URL itself gives; undefined for what has no authority that could be read. */
function serverParameters(rest: string): Map<string, string> | undefined {
  const [, base = "", query = ""] = /^([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  const parts = splitBase(base);
  if (parts === undefined) {
    return undefined;
  }
  const parameters = new Map(
    Object.entries(parts).filter((entry): entry is [string, string] => (entry[1] ?? "") !== ""),
  );
  for (const pair of query.split("&").filter((text) => text !== "")) {
    const equals = pair.indexOf("=");
    const [name, value] =
      equals === -1 ? [decoded(pair), ""] : [decoded(pair.slice(0, equals)), decoded(pair.slice(equals + 1))];
    parameters.set(...libpqParameter(name, value));
  }
  return parameters;
}

/**
 * The authority ends at the first slash, unless what stands there is not one: a password that was not encoded may have a
 * slash or an `@` in it, and the name of a database too.
 */
function splitBase(base: string): Readonly<Record<string, string | undefined>> | undefined {
  const slash = base.indexOf("/");
  const isWhole = slash === -1 || isAuthority(base.slice(0, slash));
  const from = isWhole ? base.slice(0, slash === -1 ? undefined : slash) : base;
  const at = from.lastIndexOf("@");
  const credentials = at === -1 ? undefined : base.slice(0, at);
  const behind = base.slice(at + 1);
  const end = behind.indexOf("/");
  const hosts = readHosts(end === -1 ? behind : behind.slice(0, end));
  if (hosts === undefined) {
    return undefined;
  }
  const colon = credentials?.indexOf(":") ?? -1;
  return {
    ...hosts,
    dbname: end === -1 ? undefined : decoded(behind.slice(end + 1)),
    user:
      credentials === undefined
        ? undefined
        : decoded(colon === -1 ? credentials : credentials.slice(0, colon)),
    password: credentials === undefined || colon === -1 ? undefined : decoded(credentials.slice(colon + 1)),
  };
}

/** With credentials, or hosts alone. */
function isAuthority(text: string): boolean {
  return readHosts(text.slice(text.lastIndexOf("@") + 1)) !== undefined;
}

/** `host:port,host:port` as libpq's two lists. */
function readHosts(text: string): { readonly host: string; readonly port: string } | undefined {
  const hosts: string[] = [];
  const ports: string[] = [];
  for (const entry of text.split(",")) {
    const match = /^(\[[^\]]*\]|[^:/@[\]]*)(?::(\d*))?$/s.exec(entry);
    if (match === null) {
      return undefined;
    }
    hosts.push(decoded(match[1] ?? "").replace(/^\[|\]$/g, ""));
    ports.push(match[2] ?? "");
  }
  return { host: hosts.join(","), port: ports.every((port) => port === "") ? "" : ports.join(",") };
}

const sslModes = /^(?:disable|allow|prefer|require|verify-ca|verify-full)$/;

/** `ssl` is what other drivers call it: asyncpg by libpq's modes, `pg` by truth values, where true verifies the host. */
function libpqParameter(name: string, value: string): [string, string] {
  if (name === "ssl") {
    const mode = /^(?:0|false|no|off)$/i.test(value) ? "disable" : "verify-full";
    return ["sslmode", value === "no-verify" || sslModes.test(value) ? value : mode];
  }
  // `-c+search_path=x` is what forms and URLSearchParams make of a blank; no option of the server begins that way.
  const isFormEncoded = name === "options" && /^-c\+/.test(value);
  return [name === "database" ? "dbname" : name, isFormEncoded ? value.replaceAll("+", " ") : value];
}

/** SQLite's own parameters: `mode=ro` alone changes what may be done. */
function readSqliteUrl(rest: string, directory: string): DatabaseUrl {
  const [, path = "", query = ""] = /^([^?]*)(?:\?(.*))?$/s.exec(rest) ?? [];
  if (path !== "" && !path.startsWith("/")) {
    return invalid(
      `has "${decoded(path.split("/")[0] ?? "")}" in place of a host, which SQLite does not have`,
      "Write three slashes before a relative file, four before an absolute one: sqlite:///file.db, sqlite:////folder/file.db.",
    );
  }
  const mode = new URLSearchParams(query).get("mode");
  if (mode === "memory") {
    return { kind: "sqlite", file: ":memory:" };
  }
  const file = sqliteFile(path, directory);
  return mode === "ro" ? { kind: "sqlite", file, isReadOnly: true } : { kind: "sqlite", file };
}

function sqliteFile(rest: string, directory: string): string {
  const path = decoded(rest.replace(/^\//, ""));
  return path === "" || path === ":memory:" ? ":memory:" : joinPaths(directory, path);
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : encodeURIComponent(host);
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
