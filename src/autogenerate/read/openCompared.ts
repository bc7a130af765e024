import { existsSync } from "node:fs";
import type { Database } from "../../database/database";
import { DatabaseError } from "../../database/databaseError";
import type { CommandContext } from "../../context/commandContext";
import type { DatabaseDescription } from "../../context/events";
import { openScratchDatabase } from "../../context/scratchDatabase";

/** A database to compare the entities with; an empty one is yet to be brought to the head. */
export type ComparedDatabase =
  | { readonly kind: "database"; readonly database: Database; readonly description: DatabaseDescription }
  | {
      readonly kind: "revisions";
      readonly database: Database;
      readonly reason: "asked-for" | "no-database" | "tenants" | "unreachable";
      /** Of the database that did not answer. */
      readonly failure: string | undefined;
    };

/**
 * Opens the project's database, or an empty one where the revisions are to be taken for it, as for tenants: the database
 * of their environment is none of theirs. `where-needed` is for looking only: no database is named and the embedded one
 * was never used, or the one that is named does not answer.
 * @throws DatabaseError, ConfigError
 */
export async function openCompared(
  context: CommandContext,
  offline: boolean | "where-needed",
): Promise<ComparedDatabase> {
  if (offline === true) {
    return openEmpty(context, "asked-for");
  }
  if (context.tenantsOf !== undefined) {
    context.report({
      kind: "log",
      level: "info",
      message: `The environment '${context.tenantsOf}' stands for its tenants, so the entities are compared with the revisions.`,
    });
    return openEmpty(context, "tenants");
  }
  if (offline === "where-needed" && (await isNoneNamed(context))) {
    return openEmpty(context, "no-database");
  }
  try {
    const { database, description } = await context.openDatabase();
    return { kind: "database", database, description };
  } catch (error) {
    if (offline === false || !isUnreachable(error)) {
      throw error;
    }
    context.report({ kind: "log", level: "warning", message: error.message });
    return openEmpty(context, "unreachable", error.message);
  }
}

async function openEmpty(
  context: CommandContext,
  reason: Extract<ComparedDatabase, { kind: "revisions" }>["reason"],
  failure?: string,
): Promise<ComparedDatabase> {
  return { kind: "revisions", database: await openScratchDatabase(context), reason, failure };
}

async function isNoneNamed(context: CommandContext): Promise<boolean> {
  const target = await context.chosenTarget();
  return target.kind === "embedded" && !existsSync(target.directory);
}

function isUnreachable(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && error.code === "unreachable";
}
