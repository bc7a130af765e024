import type { NamingConvention } from "../../operations/namingConvention";
import { printOperation } from "../../operations/printing/printOperation";
import type { RenderItem } from "../../project/alembicConfig";
import type { PlannedOperation } from "../plan/plannedOperation";

export interface PrintBodyOptions {
  readonly namingConvention: NamingConvention;
  readonly renderItem: RenderItem | undefined;
  /** Lines that stand before everything else, without comment marks. */
  readonly remarks: readonly string[];
}

const commentWidth = 76;

/** What prettier has for a statement in a function by default. */
const statementWidth = 78;

/** The statements of an `upgrade` or `downgrade`, with a comment above each operation that needs a look. */
export function printBody(planned: readonly PlannedOperation[], options: PrintBodyOptions): string {
  const lines: string[] = [];
  for (let at = 0; at < planned.length;) {
    const entry = planned[at];
    const end = entry?.isAutocommit === true ? endOfBlock(planned, at) : at + 1;
    const printed = planned.slice(at, end).map((part) => printPlanned(part, options));
    lines.push(entry?.isAutocommit === true ? autocommitBlock(printed) : printed.join("\n"));
    at = end;
  }
  return withRemarks(options.remarks, lines.join("\n"));
}

/** Remarks above statements. An empty line parts them from a comment, which would be read as their end. */
export function withRemarks(remarks: readonly string[], body: string): string {
  const parting = remarks.length > 0 && body.startsWith("//") ? [""] : [];
  return [...remarks.map(comment), ...parting, ...(body === "" ? [] : [body])].join("\n");
}

/** Whether what is printed of these operations stands in a function as prettier lays it out by default. */
export function isLaidOut(
  planned: readonly PlannedOperation[],
  { renderItem }: Pick<PrintBodyOptions, "renderItem">,
): boolean {
  return renderItem === undefined && planned.every(({ isAutocommit }) => !isAutocommit);
}

function endOfBlock(planned: readonly PlannedOperation[], start: number): number {
  const end = planned.findIndex((entry, at) => at > start && !entry.isAutocommit);
  return end < 0 ? planned.length : end;
}

function autocommitBlock(printed: readonly string[]): string {
  return `await op.autocommitBlock(async () => {\n${printed.join("\n")}\n});`;
}

function printPlanned({ operation, warnings }: PlannedOperation, options: PrintBodyOptions): string {
  const rendered = options.renderItem?.(operation);
  const code =
    typeof rendered === "string"
      ? rendered
      : printOperation(operation, { namingConvention: options.namingConvention, width: statementWidth });
  return [...warnings.map(({ text }) => comment(text)), code].join("\n");
}

/** A line comment, broken at spaces. */
function comment(text: string): string {
  const lines: string[] = [];
  let line = "";
  // A flag stays with its value, so that it can be copied.
  for (const word of text.match(/--[\w-]+ \S+|\S+/g) ?? []) {
    if (line !== "" && line.length + word.length + 1 > commentWidth) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((part) => `// ${part}`).join("\n");
}
