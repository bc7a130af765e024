import type { TextEdit } from "../../source/textEdit";

/** A way to write the safe form. */
export interface LintFix {
  readonly kind:
    | "concurrently"
    | "validate-later"
    | "unique-by-index"
    | "key-by-index"
    | "not-null-by-check"
    | "default-later"
    | "old-name";
  readonly edits: readonly TextEdit[];
}
