import type { AppliedRevisions, DatabaseState } from "../database/databaseState";
import type { EnvironmentChoice } from "../environments/environmentChoice";

/** What the status bar item says, as data. */
export interface StatusSummary {
  readonly icon: "database" | "shield" | "warning";
  /** The database's short name, the environment's, or undefined where neither is known. */
  readonly name: string | undefined;
  /** Undefined: the database was not asked. */
  readonly pendingCount: number | undefined;
  /** Whether the database was asked, and has answered. */
  readonly check: DatabaseState["kind"];
  readonly background: "warning" | "error" | undefined;
}

/** Sums up a project's environment and the last answer of its database. */
export function summarise(
  state: DatabaseState,
  applied: AppliedRevisions,
  choice: EnvironmentChoice,
  isProduction: boolean,
): StatusSummary {
  const hasFailed = state.kind === "failed";
  const isAhead = applied.kind === "known" && applied.unknownRows.length > 0;
  return {
    icon: isProduction ? "shield" : hasFailed || isAhead ? "warning" : "database",
    name: state.kind === "known" ? shortName(state.database.name) : nameOfChoice(choice),
    check: state.kind,
    pendingCount: applied.kind === "known" && !isAhead ? applied.pendingCount : undefined,
    background: isProduction ? "error" : isAhead || hasFailed ? "warning" : undefined,
  };
}

/** `shop_dev on localhost:5432` is `shop_dev`. */
export function shortName(name: string): string {
  return name.split(" on ")[0] ?? name;
}

function nameOfChoice(choice: EnvironmentChoice): string | undefined {
  switch (choice.kind) {
    case "default":
      return undefined;
    case "environment":
      return choice.name;
    case "url":
      return choice.label;
  }
}
