import type { DatabaseTarget } from "./databaseTarget";

const shortestSecret = 3;
const stars = "***";

/** A URL whose password is struck out; text that is no URL is given back as it is. */
export function redactUrl(url: string): string {
  return url
    .replace(/^([a-z][\w+.-]*:\/\/[^:@/?#]*:).*@/is, `$1${stars}@`)
    .replace(/([?&](?:password|sslpassword)=)[^&#\s]*/gi, `$1${stars}`);
}

/** A text, such as a driver's error, without the given secrets and without the passwords of URLs in it. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  const written = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const longestFirst = [...new Set(written)].sort((left, right) => right.length - left.length);
  const hidden = longestFirst
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((result, secret) => result.replaceAll(secret, stars), text);
  return hidden.replace(/[a-z][\w+.-]*:\/\/[^\s"'<>]+/gi, redactUrl);
}

/** What must not be shown of a target. */
export function secretsOf(target: DatabaseTarget): readonly string[] {
  if (target.kind !== "server") {
    return [];
  }
  const { password, searchParams } = new URL(target.url);
  const secrets = [
    decodeURIComponent(password),
    searchParams.get("password"),
    searchParams.get("sslpassword"),
  ];
  return secrets.filter((secret): secret is string => secret !== null && secret !== "");
}

/** A target in words, without its password: `shop on localhost:5432 as ann (DATABASE_URL)`. */
export function describeTarget(target: DatabaseTarget): string {
  switch (target.kind) {
    case "server":
      return `${describeServer(new URL(target.url))} (${target.source})`;
    case "sqlite":
      return `SQLite ${target.file} (${target.source})`;
    case "embedded":
      return `the embedded PostgreSQL in ${target.directory}`;
  }
}

function describeServer(url: URL): string {
  const user = decodeURIComponent(url.username);
  const database = decodeURIComponent(url.pathname.slice(1)) || user || "postgres";
  const host = url.searchParams.get("host") ?? url.hostname;
  return `${database} on ${host}:${url.port || "5432"}${user === "" ? "" : ` as ${user}`}`;
}
