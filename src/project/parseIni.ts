/** The sections of an ini file by name, each with its keys in order. `[DEFAULT]` is a section like any other here. */
export type IniSections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Parses an ini file as Python's `configparser` does with its defaults: `=` or `:`, keys in any case, comments on lines
 * of their own, a value carried on by indented lines. Nothing is interpolated. Undefined if a line is none of these.
 */
export function parseIni(text: string): IniSections | undefined {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let key: string | undefined;
  for (const line of text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) {
      continue;
    }
    const header = /^\[(.+)\]\s*$/.exec(line);
    if (header !== null) {
      section = sectionOf(sections, header[1] ?? "");
      key = undefined;
      continue;
    }
    if (section === undefined) {
      return undefined;
    }
    if (/^\s/.test(line) && key !== undefined) {
      section.set(key, `${section.get(key) ?? ""}\n${line.trim()}`.trim());
      continue;
    }
    const option = /^\s*([^=:]+?)\s*(?:[=:]\s*(.*?))?\s*$/.exec(line);
    if (option === null) {
      return undefined;
    }
    key = (option[1] ?? "").toLowerCase();
    section.set(key, option[2] ?? "");
  }
  return sections;
}

function sectionOf(sections: Map<string, Map<string, string>>, name: string): Map<string, string> {
  const section = sections.get(name) ?? new Map<string, string>();
  sections.set(name, section);
  return section;
}
