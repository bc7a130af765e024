import type { HeaderScan } from "./header";

/** Reads the header of a revision file from its text alone, without a parser. `path` decides the language. */
export function scanHeader(_text: string, _path: string): HeaderScan {
  throw new Error("not written yet");
}
