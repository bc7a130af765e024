import { userInfo } from "node:os";

/** A server's address as it may be shown. */
export interface ServerAddress {
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  /** Kept apart so that it can be struck out of whatever is printed; undefined where it is not known yet. */
  readonly password: string | undefined;
}

/** A server's URL, taken apart. */
export interface ServerUrl {
  /** In the order in which they are to be tried; never empty. */
  readonly hosts: readonly { readonly host: string; readonly port: string }[];
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  /** libpq's other connection parameters. */
  readonly parameters: ReadonlyMap<string, string>;
}

const defaultPort = "5432";

/**
 * Reads a `postgresql://` URL as `readDatabaseUrl` gives it. A missing part is `pg`'s default for it.
 * @throws TypeError when the text is not a URL.
 */
export function readServerUrl(url: string): ServerUrl {
  const parsed = new URL(url);
  const parameters = new Map(parsed.searchParams);
  const user = decodeURIComponent(parsed.username) || defaultUser();
  const hosts = (parameters.get("host") ?? unbracketed(parsed.hostname)).split(",");
  const ports = (parameters.get("port") ?? parsed.port).split(",");
  return {
    hosts: hosts.map((host, at) => ({
      host: host === "" ? "localhost" : decodeURIComponent(host),
      port: ports[ports.length === 1 ? 0 : at] || defaultPort,
    })),
    database: decodeURIComponent(parsed.pathname.replace(/^\//, "")) || user,
    user,
    password: parsed.password === "" ? undefined : decodeURIComponent(parsed.password),
    parameters,
  };
}

/** `shop_dev on localhost:5432`. */
export function describeServer(address: ServerAddress): string {
  return `${address.database} on ${address.host}:${address.port}`;
}

/** As `pg` finds it; who has no name in the environment has one in the system. */
export function defaultUser(): string {
  const variable = process.platform === "win32" ? process.env["USERNAME"] : process.env["USER"];
  return process.env["PGUSER"] || variable || systemUser();
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "postgres";
  }
}

function unbracketed(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}
