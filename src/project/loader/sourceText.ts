import { readFileSync } from "node:fs";
import { LoadError } from "../errors";
import { requireUtf8 } from "../requireUtf8";

/**
 * The text of a TypeScript file.
 * @throws {LoadError} `syntax-error`: it is in another encoding, and its texts would come out changed
 */
export function sourceText(path: string): string {
  return requireUtf8(path, readFileSync(path, "utf8"), (message, hint) => {
    return new LoadError("syntax-error", message, { file: path, hint });
  });
}
