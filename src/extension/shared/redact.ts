/** The password within a URL, as written and as decoded. */
export function secretsOfUrl(url: string): readonly string[] {
  const rest = /^[a-z][a-z0-9+.-]*:\/\/(\S*)$/i.exec(url)?.[1] ?? "";
  const colon = rest.search(/[:@/]/);
  const end = rest.lastIndexOf("@");
  if (rest.charAt(colon) !== ":" || end <= colon + 1) {
    return [];
  }
  const written = rest.slice(colon + 1, end);
  try {
    return [...new Set([written, decodeURIComponent(written)])];
  } catch {
    return [written];
  }
}
