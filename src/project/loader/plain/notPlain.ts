/** Thrown where a file has more than the quick compiler knows, so that TypeScript compiles it. */
export class NotPlain extends Error {
  constructor(what: string) {
    super(`The quick compiler does not know ${what}.`);
    this.name = "NotPlain";
  }
}
