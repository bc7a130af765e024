import type { TableOptionChange } from "../compare/difference";
import type { QualifiedName, TableModel } from "../../schema/model/tableModel";
import { sql } from "../../operations/sqlFragment";
import { identifier, onTable, type PlanContext } from "./planContext";

/** One option of a table that stays. */
export function emitTableOption(context: PlanContext, { option, before, after }: TableOptionChange): void {
  const table = onTable(context, after);
  const name = identifier(context, after);
  switch (option) {
    case "comment":
      return context.emit("tableOptions", commentOperation(table, before.comment, after.comment));
    case "unlogged":
      return alter(context, after, after.isUnlogged ? "SET UNLOGGED" : "SET LOGGED");
    case "row security":
      return emitRowSecurity(context, before, after);
    case "tablespace":
      return context.emit("tableOptions", {
        kind: "execute",
        sql: sql`ALTER TABLE ${name} SET TABLESPACE ${sql.identifier(after.tablespace ?? "pg_default")}`,
      });
    case "replica identity":
      // An index of the identity is not in the model: one has to set it by hand.
      return before.replicaIdentity === after.replicaIdentity || after.replicaIdentity === "index"
        ? undefined
        : alter(context, after, `REPLICA IDENTITY ${after.replicaIdentity.toUpperCase()}`);
    case "storage parameters": {
      const gone = before.options.filter((each) => !hasParameter(after.options, each)).map(parameterName);
      if (gone.length > 0) {
        alter(context, after, `RESET (${gone.join(", ")})`);
      }
      const come = after.options.filter((each) => !before.options.includes(each));
      return come.length === 0 ? undefined : alter(context, after, `SET (${come.join(", ")})`);
    }
  }
}

function parameterName(option: string): string {
  return option.split("=", 1)[0] ?? option;
}

function hasParameter(options: readonly string[], option: string): boolean {
  return options.some((each) => parameterName(each) === parameterName(option));
}

function alter(context: PlanContext, table: QualifiedName, change: string): void {
  context.emit("tableOptions", {
    kind: "execute",
    sql: sql`ALTER TABLE ${identifier(context, table)} ${sql.raw(change)}`,
  });
}

function commentOperation(
  table: { readonly schema?: string; readonly table: string },
  before: string | undefined,
  after: string | undefined,
): Parameters<PlanContext["emit"]>[1] {
  const existing = before === undefined ? {} : { existingComment: before };
  return after === undefined
    ? { kind: "dropTableComment", ...table, ...existing }
    : { kind: "createTableComment", ...table, comment: after, ...existing };
}

function emitRowSecurity(context: PlanContext, before: TableModel, after: TableModel): void {
  const table = onTable(context, after);
  const [old, wanted] = [before.rowSecurity, after.rowSecurity];
  if (old.isEnabled !== wanted.isEnabled) {
    const isForceChanged = old.isForced !== wanted.isForced && wanted.isForced === wanted.isEnabled;
    context.emit("tableOptions", {
      kind: wanted.isEnabled ? "enableRowLevelSecurity" : "disableRowLevelSecurity",
      ...table,
      ...(isForceChanged ? { force: true } : {}),
    });
    if (isForceChanged) {
      return;
    }
  }
  if (old.isForced !== wanted.isForced) {
    alter(context, after, `${wanted.isForced ? "FORCE" : "NO FORCE"} ROW LEVEL SECURITY`);
  }
}
