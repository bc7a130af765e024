import { join } from "node:path";
import type { StaticConfig } from "../../project/staticConfig";
import type { ParsedRevisionFile } from "../../source/parseRevisionFile";
import type * as parserModule from "./parserModule";

let loaded: typeof parserModule | undefined;

function parser(): typeof parserModule {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a sibling bundle, loaded when it is first needed
  loaded ??= require(join(__dirname, "parser.js")) as typeof parserModule;
  return loaded;
}

/** Reads a revision file with the real parser. */
export function parseWithParser(text: string, path: string): ParsedRevisionFile {
  return parser().parseRevisionFile(text, path);
}

/** Reads what a configuration's text says by itself; nothing is run. */
export function readConfigText(text: string, path: string): StaticConfig | undefined {
  return parser().readStaticConfig(text, path);
}
