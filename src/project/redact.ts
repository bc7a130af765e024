const shortestSecret = 3;
const stars = "***";

/** `password=…`, `PGPASSWORD: "…"`, and SQL's `PASSWORD '…'`. */
const labelled =
  /\b((?:pg|ssl)?(?:password|passwd)["']?)(?:(\s?[=:]\s?)("[^"]*"|'[^']*'|[^\s,;&"'<>]+)|(\s{1,4})'(?:[^']|'')*')/gi;

/**
 * A text, such as a driver's error, without the given secrets, the passwords of URLs in it, and what is labelled as one.
 * The time it takes grows with the text's length and no faster: a failure may quote anything.
 */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  const written = secrets.flatMap((secret) => [secret, encoded(secret)]);
  const longestFirst = [...new Set(written)].sort((left, right) => right.length - left.length);
  const hidden = longestFirst
    .filter((secret) => secret.length >= shortestSecret)
    .reduce((result, secret) => result.replaceAll(secret, stars), text);
  return redactUrls(hidden).replace(
    labelled,
    (_whole, name: string, sign: string | undefined, _value, space: string | undefined) =>
      sign === undefined ? `${name}${space ?? " "}'${stars}'` : `${name}${sign}${stars}`,
  );
}

/** A secret as a URL has it; half of a character, which no URL can have, as it is. */
function encoded(secret: string): string {
  try {
    return encodeURIComponent(secret);
  } catch {
    return secret;
  }
}

/** Strikes out the password of each URL in a text. */
function redactUrls(text: string): string {
  return text.includes("://")
    ? text.replace(/[^\s<>]+/g, (run) => (run.includes("://") ? redactRun(run) : run))
    : text;
}

/** The same for a text without blanks; a URL may stand in the query of another. */
function redactRun(run: string): string {
  const parts = run.split("://");
  return parts
    .map((part, index) => (index > 0 && /[\w+.-]$/.test(parts[index - 1] ?? "") ? redactRest(part) : part))
    .join("://");
}

/**
 * What follows the `://` of a URL, without its password. A password may hold what should have been encoded, so that the
 * last `@` ends it; a quote ends the URL only where an `@` stands before it.
 */
function redactRest(rest: string): string {
  const mark = rest.search(/[:@/?#]/);
  if (mark < 0 || rest.charAt(mark) !== ":") {
    return rest;
  }
  const quote = rest.search(/["']/);
  const endBeforeQuote = quote < 0 ? -1 : rest.lastIndexOf("@", quote);
  const end = endBeforeQuote > mark ? endBeforeQuote : rest.lastIndexOf("@");
  return end > mark ? `${rest.slice(0, mark + 1)}${stars}${rest.slice(end)}` : rest;
}
