/**
 * What a statement gives in a script, where there are no rows: nobody who leaves them alone notices, and whoever looks
 * at them gets the error.
 */
export function unreadableRows(makeError: () => Error): readonly never[] {
  const refuse = (): never => {
    throw makeError();
  };
  return new Proxy<readonly never[]>([], {
    get: (_rows, key) => (isAskedByLanguage(key) ? undefined : refuse()),
    has: refuse,
    ownKeys: refuse,
    getOwnPropertyDescriptor: refuse,
  });
}

/** `await` looks for a `then`, and what prints or copies a value for its tags. */
function isAskedByLanguage(key: string | symbol): boolean {
  return key === "then" || (typeof key === "symbol" && key !== Symbol.iterator);
}
