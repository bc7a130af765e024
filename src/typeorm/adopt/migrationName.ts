/** What the name of a TypeORM migration says. */
export interface MigrationName {
  readonly name: string;
  /** Milliseconds since 1970, or any other number by which migrations are ordered. */
  readonly timestamp: number;
  /** The rest of it, in words. */
  readonly words: string;
}

/**
 * Reads the name of a migration as TypeORM does: its last thirteen characters are a JavaScript timestamp, or begin with
 * a number, as those of `0001-users` do (`MigrationExecutor.getMigrations`). Undefined where they do not.
 */
export function readMigrationName(name: string): MigrationName | undefined {
  const [, digits = "", rest = ""] = /^(\d+)(.*)$/s.exec(name.slice(-13)) ?? [];
  const timestamp = Number(digits);
  return timestamp > 0 ? { name, timestamp, words: wordsOf(name.slice(0, -13) + rest) } : undefined;
}

/** `AddFKToUserTables` → `Add FK to user tables`; abbreviations stay as they are. */
function wordsOf(text: string): string {
  const words = text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[\s_$-]+/u)
    .filter((word) => word !== "")
    .map((word, index) => (index > 0 && /^\p{Lu}\p{Ll}*$/u.test(word) ? word.toLowerCase() : word));
  return words.join(" ");
}
