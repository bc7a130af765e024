const bytesOfName = 63;

/**
 * A name as PostgreSQL keeps it: the first 63 bytes of its UTF-8, without a character that is cut in two
 * (`NAMEDATALEN`, and `truncate_identifier` of the server's scanner).
 */
export function serverName(name: string): string {
  // No character has more than three bytes for each of its UTF-16 units.
  if (name.length * 3 <= bytesOfName) {
    return name;
  }
  let bytes = 0;
  let kept = "";
  for (const character of name) {
    bytes += utf8Length(character);
    if (bytes > bytesOfName) {
      return kept;
    }
    kept += character;
  }
  return name;
}

function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
