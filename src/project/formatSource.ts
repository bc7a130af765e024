import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Prettier from "prettier";
import { isFormatted } from "./isFormatted";

/** A formatted text; `warning` says why it is not formatted where it is not. */
export interface FormattedText {
  readonly text: string;
  readonly warning: string | undefined;
}

type PrettierModule = Pick<typeof Prettier, "format" | "resolveConfig" | "getFileInfo">;

const timeLimitMilliseconds = 20_000;

/**
 * Formats the text of a TypeScript file with the prettier of the file's project and its settings, or with our own copy
 * where the project has none. Never fails: a text that can't be formatted is given back as it was, with a warning.
 * @param isLaidOut whether the bodies of its functions are laid out already as prettier does by default
 */
export async function formatWithPrettier(
  text: string,
  path: string,
  isLaidOut = false,
): Promise<FormattedText> {
  if (isFormatted(text, path, isLaidOut)) {
    return { text, warning: undefined };
  }
  try {
    const installed = installedPrettier(path);
    const formatting =
      installed === undefined ? formatAlone(text, path) : formatAsProject(installed, text, path);
    return { text: await withinTimeLimit(formatting), warning: undefined };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
    return { text, warning: `${path} was not formatted: ${reason}` };
  }
}

function installedPrettier(path: string): PrettierModule | undefined {
  const require = createRequire(path);
  let file: string;
  try {
    file = require.resolve("prettier");
  } catch {
    return undefined;
  }
  return require(file) as PrettierModule;
}

async function formatAsProject(prettier: PrettierModule, text: string, path: string): Promise<string> {
  const options = await prettier.resolveConfig(path, { editorconfig: true });
  return prettier.format(text, { ...options, filepath: path });
}

async function formatAlone(text: string, path: string): Promise<string> {
  // Babel's parser of TypeScript, which gives the same text as TypeScript's and is a third of its size.
  const [prettier, babel, estree] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/babel"),
    import("prettier/plugins/estree"),
  ]);
  // The plug-in's types leave out what only prettier itself uses of it.
  const plugins = [babel, estree as unknown as Prettier.Plugin];
  return prettier.format(text, { ...jsonSettings(dirname(path)), parser: "babel-ts", plugins });
}

/** The nearest settings that are plain JSON; the other kinds need prettier itself. */
function jsonSettings(directory: string): Prettier.Options {
  for (const name of [".prettierrc", ".prettierrc.json"]) {
    try {
      const {
        plugins: _plugins,
        overrides: _overrides,
        ...options
      } = JSON.parse(readFileSync(join(directory, name), "utf8")) as Prettier.Config;
      return options;
    } catch {
      continue;
    }
  }
  const parent = dirname(directory);
  return parent === directory ? {} : jsonSettings(parent);
}

async function withinTimeLimit<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("prettier took too long")), timeLimitMilliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
