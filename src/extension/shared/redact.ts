const urlCredentials = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s/:@]*):(\S*)@/gi;
const passwordPair = /\b(password|passwd|pgpassword)(\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;]+)/gi;

/** The text without passwords: those in URLs, those that are labelled, and the given ones wherever they stand. */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let result = text.replace(urlCredentials, "$1$2:***@").replace(passwordPair, "$1$2***");
  for (const secret of secrets) {
    if (secret !== "") {
      result = result.split(secret).join("***");
    }
  }
  return result;
}

/** The password within a URL, as written and as decoded. */
export function secretsOfUrl(url: string): readonly string[] {
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(\S*)@/i.exec(url)?.[1];
  if (written === undefined || written === "") {
    return [];
  }
  try {
    return [...new Set([written, decodeURIComponent(written)])];
  } catch {
    return [written];
  }
}
