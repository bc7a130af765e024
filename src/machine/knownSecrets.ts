const known = new Set<string>();

/**
 * Remembers a password for as long as the process lives, so that no failure shows it, whoever quotes it.
 * @param ordinary words that a failure has to be able to say, such as the user's name; a password that is one of them
 * hides nothing
 */
export function rememberSecret(secret: string, ordinary: readonly (string | undefined)[]): void {
  if (!ordinary.includes(secret)) {
    known.add(secret);
  }
}

/** Those that are remembered. */
export function knownSecrets(): readonly string[] {
  return [...known];
}
