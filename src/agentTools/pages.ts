/** The most entries and characters of one answer: more come in the next page. */
export const mostEntries = 100;
const mostCharacters = 20_000;

/** A part of a list, and where the next begins. */
export interface Page<Entry> {
  readonly entries: Entry[];
  readonly total: number;
  readonly next_offset: number | null;
}

/** The part of a list from an entry on: as many as one answer may hold, and at least one. */
export function pageOf<Entry>(all: readonly Entry[], offset = 0): Page<Entry> {
  const entries: Entry[] = [];
  let characters = 0;
  for (const entry of all.slice(offset, offset + mostEntries)) {
    characters += JSON.stringify(entry).length;
    if (entries.length > 0 && characters > mostCharacters) {
      break;
    }
    entries.push(entry);
  }
  const next = offset + entries.length;
  return { entries, total: all.length, next_offset: next < all.length && entries.length > 0 ? next : null };
}

/** A part of a text, and where the next begins. */
export function pageOfText(
  text: string,
  offset = 0,
): { readonly text: string; readonly total: number; readonly next_offset: number | null } {
  const end = offset + mostCharacters;
  return { text: text.slice(offset, end), total: text.length, next_offset: end < text.length ? end : null };
}

/** A text of which only the beginning is given, as a message. */
export function shortened(text: string, most = 2_000): string {
  return text.length > most ? `${text.slice(0, most)} …` : text;
}
