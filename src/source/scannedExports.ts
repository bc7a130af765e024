import {
  type FoundFunction,
  type FunctionName,
  type HeaderDraft,
  type HeaderName,
  type HeaderValue,
  isFunctionName,
  isHeaderName,
} from "./headerDraft";
import type { TextRange } from "./header";
import type { ScriptCursor } from "./scriptCursor";

/** A name that makes a file a revision when it is exported. */
export type ExportName = HeaderName | FunctionName;

/** In the order in which they are likely to be missing yet. */
const NAMES: readonly ExportName[] = [
  "downgrade",
  "upgrade",
  "revision",
  "down_revision",
  "branch_labels",
  "depends_on",
  "transaction",
];

/** Whether a revision exports something by this name. */
export function isExportName(name: string): name is ExportName {
  return isHeaderName(name) || isFunctionName(name);
}

/** Whether the text names one of a revision's exports. */
export function mentionsExport(text: string): boolean {
  return NAMES.some((name) => text.includes(name));
}

/** What a walk over a script has found of a revision's exports so far. */
export class ScannedExports {
  /** Whether nothing of a header can follow, so that the rest of the text need not be read. */
  isComplete = false;
  private readonly values = new Map<HeaderName, HeaderValue>();
  private readonly functions = new Map<FunctionName, FoundFunction>();
  private readonly exported = new Set<string>();

  constructor(private readonly cursor: ScriptCursor) {}

  /** What the file exports. */
  draft(): HeaderDraft {
    const { exported, values, functions } = this;
    for (const name of exported) {
      if (isHeaderName(name) && !values.has(name)) {
        const range = { start: 0, end: 0 };
        values.set(name, { kind: "unknown", reason: "exported, but not declared in this file", range });
      }
    }
    for (const name of [...values.keys(), ...functions.keys()]) {
      if (!exported.has(name)) {
        values.delete(name as HeaderName);
        functions.delete(name as FunctionName);
      }
    }
    return { values, functions };
  }

  /** The name is exported; what it is stands elsewhere in the file. */
  addExport(name: ExportName): void {
    this.exported.add(name);
  }

  /** A value that is declared; one that cannot be told, or a second one, is where the reading ends. */
  addValue(name: HeaderName, value: HeaderValue, isExported: boolean): void {
    if (this.values.has(name)) {
      this.cursor.lose(`a second value for ${name}`, value.range.start, value.range.end);
    }
    if (value.kind === "unknown" && isExported) {
      this.cursor.lose(`${name} is ${value.reason}`, value.range.start, value.range.end);
    }
    this.values.set(name, value);
    if (isExported) {
      this.exported.add(name);
    }
  }

  /** A function that is declared, with a body as far as is known. */
  addFunction(name: FunctionName, range: TextRange, isExported: boolean): void {
    this.functions.set(name, { name: range, isEmpty: false });
    if (isExported) {
      this.exported.add(name);
    }
  }

  /** The body of a function that was added does nothing. */
  setEmpty(name: FunctionName, range: TextRange): void {
    this.functions.set(name, { name: range, isEmpty: true });
  }

  /** Whether all that a header has is found: then the rest of the text, often the longest part, need not be read. */
  nothingFollows(position: number): boolean {
    return (
      this.functions.has("downgrade") &&
      NAMES.every(
        (name) =>
          (this.exported.has(name) && this.isFound(name)) || !this.cursor.text.includes(name, position),
      )
    );
  }

  private isFound(name: ExportName): boolean {
    return isHeaderName(name) ? this.values.has(name) : this.functions.has(name);
  }
}
