import { pathToFileURL } from "node:url";
import type { CodePlace } from "./codePack";

/** A compiled text within a script. */
export interface PackedText {
  readonly place: CodePlace | undefined;
  /** The file that it was compiled from, absolute. */
  readonly file: string | undefined;
  /** With its source map in a comment at its end. */
  readonly text: string | undefined;
}

const comment = "//# sourceMappingURL=data:application/json;base64,";

/** The source maps of texts as one of the script that they are in, as JSON (Source Map, "Index Map"). */
export function indexSourceMap(texts: readonly PackedText[]): string {
  const sections = texts
    .flatMap(({ place, file, text }) => {
      const map = text === undefined || file === undefined ? undefined : sourceMapOf(text, file);
      return place === undefined || map === undefined ? [] : [{ offset: place, map }];
    })
    .sort((left, right) => left.offset.line - right.offset.line);
  // Node reads the list of sources of every map, though one of this kind has none of its own.
  return JSON.stringify({ version: 3, sources: [], sections });
}

function sourceMapOf(text: string, file: string): Readonly<Record<string, unknown>> | undefined {
  const start = text.lastIndexOf(comment);
  if (start < 0) {
    return undefined;
  }
  try {
    const encoded = text.slice(start + comment.length).trim();
    const map = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as Record<string, unknown>;
    return { ...map, sources: [pathToFileURL(file).href] };
  } catch {
    return undefined;
  }
}
