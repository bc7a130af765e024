/** Several bundles have this module; what one of them learns, the others must strike out too. */
const place = Symbol.for("alembic-ts.knownSecrets");

function knownSet(): Set<unknown> {
  const found: unknown = Reflect.get(globalThis, place);
  if (found instanceof Set) {
    return found;
  }
  const made = new Set<unknown>();
  Reflect.set(globalThis, place, made);
  return made;
}

/**
 * Remembers a password for as long as the process lives, so that no failure shows it, whoever quotes it.
 * @param ordinary words that a failure has to be able to say, such as the user's name; a password that is one of them
 * hides nothing
 */
export function rememberSecret(secret: string, ordinary: readonly (string | undefined)[]): void {
  if (!ordinary.includes(secret)) {
    knownSet().add(secret);
  }
}

/** Those that are remembered. */
export function knownSecrets(): readonly string[] {
  return [...knownSet()].filter((secret) => typeof secret === "string");
}
