import type { Rule } from "../rule";

interface MeasuredRule extends Pick<Rule, "level" | "title" | "happens" | "safe"> {
  readonly code: "rewrites-table" | "reads-under-lock";
}

/** What only measuring tells, of statements that no other rule understands, as a DO block. */
export const measuredRules: readonly MeasuredRule[] = [
  {
    code: "rewrites-table",
    level: "error",
    title: "Table rewritten, as measured",
    happens:
      "The table and its indexes are rewritten under an ACCESS EXCLUSIVE lock, which blocks reads and writes. Only `--measure` reports this, for statements whose text does not tell.",
    safe: "Find the statement that rewrites the table, and replace it as its own rule describes (column-type-rewrites, volatile-default-rewrites).",
  },
  {
    code: "reads-under-lock",
    level: "warning",
    title: "All rows read under a lock, as measured",
    happens:
      "All rows of the table are read while a lock of the mode SHARE or stronger blocks writes to it. Only `--measure` reports this, for statements whose text does not tell.",
    safe: "Add constraints as NOT VALID and validate them later, and build indexes with CONCURRENTLY.",
  },
];
