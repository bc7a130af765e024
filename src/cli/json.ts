import type { MigrationRunResult } from "../context/commandTable";
import type { CliSession } from "./cliSession";

/** Prints a value for programs: two spaces, one line break at the end. */
export function printJson(session: CliSession, value: unknown): void {
  session.output(jsonText(value));
}

/** The same as text. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** What `upgrade`, `downgrade` and `stamp` did or would do, as `--json` gives it. */
export function runJson(result: MigrationRunResult): unknown {
  if (result.kind !== "plan") {
    return result;
  }
  const { versionTable, files: _files, approval, ...rest } = result;
  return {
    ...rest,
    version_table: versionTable,
    ...(approval === undefined
      ? {}
      : { id: approval.id ?? null, losses: approval.losses, withheld: approval.withheld ?? null }),
  };
}
