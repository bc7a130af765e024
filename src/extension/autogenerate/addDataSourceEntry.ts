/** A change of a text; offsets of UTF-16 units. */
export interface EntryEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * The edit that lets a configuration name a DataSource. Undefined where it already has the key, or where its text does
 * not show in one way only where a key would go.
 */
export function addDataSourceEntry(text: string, path: string, reference: string): EntryEdit | undefined {
  const value = JSON.stringify(reference);
  switch (/\.[^.\\/]*$/.exec(path)?.[0]) {
    case ".ini":
      return edit(
        text,
        /^[ \t]*data_source\s*=/m,
        /^[ \t]*#[ \t]*data_source[^\n]*$/m,
        /^\[alembic\].*\r?\n/m,
        ["data_source = ", reference, "\n"],
      );
    case ".toml":
      return edit(
        text,
        /^[ \t]*data_source\s*=/m,
        /^[ \t]*#[ \t]*data_source[^\n]*$/m,
        /^\[tool\.alembic\].*\r?\n/m,
        ["data_source = ", value, "\n"],
      );
    case ".json":
      return edit(text, /"dataSource"\s*:/, undefined, /^\s*\{(?:[ \t]*\r?\n)?/, [
        '  "dataSource": ',
        value,
        ",\n",
      ]);
    default:
      return edit(
        text,
        /^[^\r\n\u2028\u2029/]*\bdataSource\s*[:,]/m,
        /^[ \t]*\/\/[ \t]*dataSource\s*:[^\n]*$/m,
        /(?:\bdefineConfig\(|\bexport default|\bmodule\.exports\s*=)\s*\{(?:[ \t]*\r?\n)?/,
        ["  dataSource: ", value, ",\n"],
      );
  }
}

function edit(
  text: string,
  present: RegExp,
  placeholder: RegExp | undefined,
  opening: RegExp,
  [key, value, end]: readonly [string, string, string],
): EntryEdit | undefined {
  if (present.test(text)) {
    return undefined;
  }
  const comment = placeholder?.exec(text);
  if (comment) {
    return {
      start: comment.index,
      end: comment.index + comment[0].length,
      newText: `${key}${value}${end}`.trimEnd(),
    };
  }
  const openings = [...text.matchAll(new RegExp(opening.source, `${opening.flags}g`))];
  const [only, ...others] = openings;
  if (only === undefined || others.length > 0) {
    return undefined;
  }
  const at = only.index + only[0].length;
  const line = `${key}${value}${end}`;
  return { start: at, end: at, newText: only[0].endsWith("\n") ? line : ` ${line.trim()}` };
}
