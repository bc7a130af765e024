/** A server's address as it may be shown. */
export interface ServerAddress {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  /** Kept apart so that it can be struck out of whatever is printed. */
  readonly password: string | undefined;
}

/**
 * Reads a `postgresql://` URL. A missing part is libpq's default for it.
 * @throws TypeError when the text is no URL.
 */
export function readServerAddress(url: string): ServerAddress {
  const parsed = new URL(url);
  const user = decodeURIComponent(parsed.username) || "postgres";
  return {
    host: parsed.hostname === "" ? (parsed.searchParams.get("host") ?? "localhost") : parsed.hostname,
    port: parsed.port === "" ? "5432" : parsed.port,
    database: decodeURIComponent(parsed.pathname.replace(/^\//, "")) || user,
    user,
    password: parsed.password === "" ? undefined : decodeURIComponent(parsed.password),
  };
}

/** `shop_dev on localhost:5432`. */
export function describeServer(address: ServerAddress): string {
  return `${address.database} on ${address.host}:${address.port}`;
}
