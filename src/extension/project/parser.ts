import type { StaticConfig } from "../../project/staticConfig";
import type { ExportedFunction } from "../../source/moduleExports";
import type { ParsedRevisionFile } from "../../source/parseRevisionFile";
import type { Program } from "@babel/types";
import type { Dialect } from "../../sqlText/dialect";
import { lazyBundle } from "../shared/lazyBundle";
import type * as parserModule from "./parserModule";

const parser = lazyBundle<typeof parserModule>("parser.js");

/** Reads a revision file with the real parser. */
export function parseWithParser(text: string, path: string): ParsedRevisionFile {
  return parser().parseRevisionFile(text, path);
}

/** What a configuration's text says by itself, for each of its sections; nothing is run. */
export function readConfigText(
  text: string,
  path: string,
): readonly { readonly config: StaticConfig | undefined; readonly section?: string }[] {
  const { readStaticConfig, staticSections } = parser();
  return staticSections(text, path).map((section) => ({
    config: readStaticConfig(text, path, section),
    ...(section === undefined ? {} : { section }),
  }));
}

/** The program of a revision file; undefined where the parser can't go on. */
export function parseProgram(text: string): Program | undefined {
  return parser().programOf(text);
}

/** The functions that a module exports, as far as its text tells; undefined where the parser can't go on. */
export function readExportedFunctions(text: string): readonly ExportedFunction[] | undefined {
  const program = parseProgram(text);
  return program && parser().readExportedFunctions(program);
}

/** What the DataSources of a file connect to, as far as its text tells. */
export function readDataSourceDialect(text: string): Dialect | undefined {
  const program = parseProgram(text);
  return program && parser().dataSourceDialect(program);
}
