import type { StaticConfig } from "../../project/staticConfig";
import type { ParsedRevisionFile } from "../../source/parseRevisionFile";
import { lazyBundle } from "../shared/lazyBundle";
import type * as parserModule from "./parserModule";

const parser = lazyBundle<typeof parserModule>("parser.js");

/** Reads a revision file with the real parser. */
export function parseWithParser(text: string, path: string): ParsedRevisionFile {
  return parser().parseRevisionFile(text, path);
}

/** Reads what a configuration's text says by itself; nothing is run. */
export function readConfigText(text: string, path: string): StaticConfig | undefined {
  return parser().readStaticConfig(text, path);
}
