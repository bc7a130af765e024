import type { RevisionHeader, TextRange } from "./header";

/** Replace `range` by `newText`. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** The text after all edits; ranges are those of the text before, and may not overlap. */
export function applyEdits(_text: string, _edits: readonly TextEdit[]): string {
  throw new Error("not written yet");
}

/** Sets the parents, in the header and in the comment's `Revises:` line. */
export function setDownRevision(
  _text: string,
  _header: RevisionHeader,
  _ids: readonly string[],
): readonly TextEdit[] {
  throw new Error("not written yet");
}

/** Sets `depends_on`, adding the line where the file has none. */
export function setDependsOn(
  _text: string,
  _header: RevisionHeader,
  _ids: readonly string[],
): readonly TextEdit[] {
  throw new Error("not written yet");
}

/** Sets the file's own id, in the header and in the comment's `Revision ID:` line. */
export function setRevisionId(_text: string, _header: RevisionHeader, _id: string): readonly TextEdit[] {
  throw new Error("not written yet");
}

/** Removes one branch label; the last one leaves `null` (`None`). */
export function removeBranchLabel(
  _text: string,
  _header: RevisionHeader,
  _label: string,
): readonly TextEdit[] {
  throw new Error("not written yet");
}

/** Adds a downgrade function to be filled in, where the file has none. */
export function addDowngrade(_text: string, _header: RevisionHeader): readonly TextEdit[] {
  throw new Error("not written yet");
}

/** A file of the folder, as `renameRevision` needs it. */
export interface RevisionSource {
  readonly path: string;
  readonly text: string;
  readonly header: RevisionHeader;
}

/** Renames a revision in its own file and in every file that names it; edits by path. */
export function renameRevision(
  _files: Iterable<RevisionSource>,
  _from: string,
  _to: string,
): ReadonlyMap<string, readonly TextEdit[]> {
  throw new Error("not written yet");
}
