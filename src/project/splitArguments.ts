/**
 * Splits a command's arguments as a shell would, quotes understood and nothing expanded. A backslash escapes what comes
 * after it; on Windows, where it separates folders, only a double quote.
 */
export function splitArguments(
  text: string,
  isWindows: boolean = process.platform === "win32",
): readonly string[] {
  const words = text.match(isWindows ? windowsWord : posixWord) ?? [];
  return words.map((word) =>
    word.replace(
      isWindows ? windowsPart : posixPart,
      (_whole, double?: string, single?: string, escaped?: string) =>
        double !== undefined ? unescaped(double, isWindows) : (single ?? escaped ?? ""),
    ),
  );
}

const posixWord = /(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g;
const posixPart = /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g;
const windowsWord = /(?:"(?:\\"|[^"])*"|'[^']*'|\\"|[^\s"'])+/g;
const windowsPart = /"((?:\\"|[^"])*)"|'([^']*)'|\\(")/g;

function unescaped(quoted: string, isWindows: boolean): string {
  return quoted.replace(isWindows ? /\\(")/g : /\\(["\\$`])/g, "$1");
}
