import { escapeCommentEnd, idInComment } from "./docComment";
import type { LocatedText, RevisionHeader, TextRange } from "./header";
import { escapeForQuotes, quoteScriptString } from "./quoteString";
import type { TextEdit } from "./textEdit";

type Language = RevisionHeader["language"];

/** Sets the file's own id, in the header and in the comment's `Revision ID:` line. */
export function setRevisionId(text: string, header: RevisionHeader, id: string): readonly TextEdit[] {
  if (header.revision.value === id || header.revision.isComputed === true) {
    return [];
  }
  const documented = header.documentedIds.revision;
  const edit = editLiteral(text, header.language, header.revision, id);
  return documented === undefined
    ? [edit]
    : [editComment(text, header.language, documented.range, [id]), edit];
}

/** Whether the text between the quotes is what the range covers; else it covers an expression. */
export function isBetweenQuotes(text: string, { start, end }: TextRange): boolean {
  const quote = text.charAt(start - 1);
  return start > 0 && /["'`]/.test(quote) && text.charAt(end) === quote;
}

/** Replaces the value of one literal, keeping its quotes. */
export function editLiteral(text: string, language: Language, literal: LocatedText, id: string): TextEdit {
  return isBetweenQuotes(text, literal.range)
    ? { range: literal.range, newText: escapeForQuotes(id, text.charAt(literal.range.start - 1)) }
    : { range: literal.range, newText: quoted(id, language === "python" ? "'" : undefined) };
}

/** Replaces what follows `Revision ID:` or `Revises:` in the comment. */
export function editComment(
  text: string,
  language: Language,
  range: TextRange,
  ids: readonly string[],
): TextEdit {
  const written = ids.map(idInComment).join(", ").trimEnd();
  const start = text.lastIndexOf(":", range.start - 1) + 1;
  const escaped = language === "python" ? escapeForQuotes(written, '"') : escapeCommentEnd(written);
  return { range: { start, end: range.end }, newText: escaped === "" ? "" : ` ${escaped}` };
}

/** A literal with these quotes, or with those that need fewer escapes. */
export function quoted(id: string, quote: string | undefined): string {
  return quote === undefined ? quoteScriptString(id) : quoteScriptString(id, quote);
}
