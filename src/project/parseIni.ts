/** The sections of an ini file by name, each with its keys in order. `[DEFAULT]` is a section like any other here. */
export type IniSections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Parses an ini file as Python's `configparser` does with its defaults: `=` or `:`, keys in any case, comments on lines
 * of their own, a value carried on by indented lines. Nothing is interpolated. Undefined if a line is none of these.
 * Each character is looked at a few times at most: the file may be anybody's.
 */
export function parseIni(text: string): IniSections | undefined {
  const sections = new Map<string, Map<string, string[]>>();
  let section: Map<string, string[]> | undefined;
  let value: string[] | undefined;
  for (const line of text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)) {
    const written = line.trim();
    if (written === "" || written.startsWith("#") || written.startsWith(";")) {
      continue;
    }
    const isIndented = /^\s/.test(line);
    if (!isIndented && written.length > 2 && written.startsWith("[") && written.endsWith("]")) {
      section = sectionOf(sections, written.slice(1, -1));
      value = undefined;
    } else if (section === undefined) {
      return undefined;
    } else if (isIndented && value !== undefined) {
      value.push(written);
    } else {
      const separator = written.search(/[=:]/);
      const key = (separator < 0 ? written : written.slice(0, separator)).trimEnd();
      if (key === "") {
        return undefined;
      }
      value = separator < 0 ? [] : [written.slice(separator + 1).trim()];
      section.set(key.toLowerCase(), value);
    }
  }
  return new Map([...sections].map(([name, keys]) => [name, joined(keys)]));
}

function sectionOf(sections: Map<string, Map<string, string[]>>, name: string): Map<string, string[]> {
  const section = sections.get(name) ?? new Map<string, string[]>();
  sections.set(name, section);
  return section;
}

function joined(keys: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  return new Map([...keys].map(([key, lines]) => [key, lines.join("\n").trim()]));
}
