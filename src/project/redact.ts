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
