import type { Node } from "libpg-query";
import { isChange, joinedName, nodeOf, relationName, tableChanges, typeText } from "./syntaxTree";
import { columnsMade } from "./rules/columns";
import { columnsCheckedNotNull } from "./rules/constraints";

/** A CHECK constraint. */
interface Check {
  readonly table: string;
  /** Those that must be NOT NULL, if that is what it checks. */
  readonly columns: readonly string[];
  /** Whether it checks more than that columns are NOT NULL. */
  readonly mayBound: boolean;
  readonly isValidated: boolean;
}

/** What statements tell of the schema that they make, as far as the rules ask. */
export class KnownSchema {
  private readonly types = new Map<string, string>();
  private readonly checks = new Map<string, Check>();
  private readonly foreignKeys = new Set<string>();
  private readonly made = new Set<string>();
  private readonly madeConstraints = new Set<string>();
  private readonly locked = new Set<string>();

  typeOf(table: string, column: string): string | undefined {
    return this.types.get(key(table, column));
  }

  isCheckedNotNull(table: string, column: string): boolean {
    return [...this.checks.values()].some(
      (check) => check.isValidated && check.table === plain(table) && check.columns.includes(column),
    );
  }

  isChecked(table: string): boolean {
    return [...this.checks.values()].some(
      (check) => check.isValidated && check.table === plain(table) && check.mayBound,
    );
  }

  /** Whether a statement since the start of the run made this, or only the run's own session can have it. */
  isNew(name: string): boolean {
    const schema = name.includes(".") ? name.slice(0, name.indexOf(".")) : undefined;
    return (
      this.made.has(plain(name)) ||
      (schema !== undefined && (schema === "pg_temp" || this.made.has(`schema ${schema}`)))
    );
  }

  /** Whether a statement since the start of the run added this constraint. */
  isNewConstraint(table: string, name: string): boolean {
    return this.madeConstraints.has(key(table, name));
  }

  isLocked(name: string): boolean {
    return this.locked.has(plain(name));
  }

  /** What comes now is another run: what is there is old. */
  startRun(): void {
    this.made.clear();
    this.madeConstraints.clear();
    this.locked.clear();
  }

  /** A type that the revision itself names for a column before its change. */
  noteType(table: string, column: string, type: string): void {
    this.types.set(key(table, column), type);
  }

  /** Takes in what a statement of an earlier run has done. */
  learnOld(node: Node): void {
    const made = [...this.made];
    const constraints = [...this.madeConstraints];
    const locked = [...this.locked];
    this.learn(node);
    this.startRun();
    made.forEach((name) => this.made.add(name));
    constraints.forEach((name) => this.madeConstraints.add(name));
    locked.forEach((name) => this.locked.add(name));
  }

  /** Takes in what a statement does. */
  learn(node: Node): void {
    namesMade(node).forEach((name) => this.made.add(name.startsWith("schema ") ? name : plain(name)));
    for (const { table, column } of columnsMade(node)) {
      this.noteType(table, column.colname ?? "", typeText(column.typeName));
    }
    for (const change of tableChanges(node)) {
      this.locked.add(plain(change.table));
      this.learnChange(change);
    }
    this.learnRename(node);
  }

  private learnChange(change: ReturnType<typeof tableChanges>[number]): void {
    const { table, command } = change;
    const name = command.name ?? "";
    const constraint = nodeOf(command.def, "Constraint");
    if (isChange(change, "AT_AddConstraint") && constraint?.conname !== undefined) {
      this.madeConstraints.add(key(table, constraint.conname));
    }
    if (isChange(change, "AT_AddColumn")) {
      this.made.add(key(table, nodeOf(command.def, "ColumnDef")?.colname ?? ""));
    } else if (isChange(change, "AT_AlterColumnType")) {
      this.noteType(table, name, typeText(nodeOf(command.def, "ColumnDef")?.typeName));
    } else if (isChange(change, "AT_DropColumn")) {
      this.types.delete(key(table, name));
    } else if (isChange(change, "AT_DropConstraint")) {
      this.checks.delete(key(table, name));
    } else if (isChange(change, "AT_ValidateConstraint")) {
      const check = this.checks.get(key(table, name));
      const unknown = { table: plain(table), columns: [], mayBound: true };
      if (!this.foreignKeys.has(key(table, name))) {
        this.checks.set(key(table, name), { ...(check ?? unknown), isValidated: true });
      }
    } else if (isChange(change, "AT_AddConstraint") && constraint?.contype === "CONSTR_FOREIGN") {
      this.foreignKeys.add(key(table, constraint.conname ?? ""));
    } else if (isChange(change, "AT_AddConstraint") && constraint?.contype === "CONSTR_CHECK") {
      const columns = columnsCheckedNotNull(constraint);
      this.checks.set(key(table, constraint.conname ?? ""), {
        table: plain(table),
        columns,
        mayBound: nodeOf(constraint.raw_expr, "NullTest") === undefined,
        isValidated: constraint.skip_validation !== true,
      });
    }
  }

  private learnRename(node: Node): void {
    const rename = nodeOf(node, "RenameStmt");
    if (rename?.relation === undefined || rename.newname === undefined) {
      return;
    }
    const table = relationName(rename.relation);
    if (rename.renameType === "OBJECT_COLUMN") {
      const type = this.typeOf(table, rename.subname ?? "");
      if (type !== undefined) {
        this.noteType(table, rename.newname, type);
      }
      return;
    }
    const renamed = [rename.relation.schemaname, rename.newname]
      .filter((part) => part !== undefined)
      .join(".");
    if (this.isNew(table)) {
      this.made.add(plain(renamed));
    }
    if (rename.renameType === "OBJECT_TABLE") {
      const before = `${plain(table)}.`;
      for (const [column, type] of this.types) {
        if (column.startsWith(before)) {
          this.noteType(renamed, column.slice(before.length), type);
        }
      }
    }
  }
}

/** A name without the schema that is searched first. */
function plain(name: string): string {
  return name.startsWith("public.") ? name.slice("public.".length) : name;
}

function key(table: string, member: string): string {
  return `${plain(table)}.${member}`;
}

/** What a statement creates, by name. */
function namesMade(node: Node): readonly string[] {
  const relation =
    nodeOf(node, "CreateStmt")?.relation ??
    nodeOf(node, "CreateTableAsStmt")?.into?.rel ??
    nodeOf(node, "SelectStmt")?.intoClause?.rel ??
    nodeOf(node, "ViewStmt")?.view ??
    nodeOf(node, "CreateSeqStmt")?.sequence ??
    nodeOf(node, "CompositeTypeStmt")?.typevar ??
    nodeOf(node, "CreateForeignTableStmt")?.base?.relation;
  if (relation !== undefined) {
    return nodeOf(node, "ViewStmt")?.replace === true ? [] : [relationName(relation)];
  }
  const schema = nodeOf(node, "CreateSchemaStmt")?.schemaname;
  if (schema !== undefined) {
    return [schema, `schema ${schema}`];
  }
  const routine = nodeOf(node, "CreateFunctionStmt");
  const parts =
    nodeOf(node, "CreateEnumStmt")?.typeName ??
    nodeOf(node, "CreateRangeStmt")?.typeName ??
    nodeOf(node, "CreateDomainStmt")?.domainname ??
    nodeOf(node, "DefineStmt")?.defnames ??
    (routine?.replace === true ? undefined : routine?.funcname);
  if (parts !== undefined) {
    return [joinedName(parts)];
  }
  const index = nodeOf(node, "IndexStmt");
  const trigger = nodeOf(node, "CreateTrigStmt");
  const extension = nodeOf(node, "CreateExtensionStmt")?.extname;
  return [
    ...(index?.idxname === undefined
      ? []
      : [[index.relation?.schemaname, index.idxname].filter((part) => part !== undefined).join(".")]),
    ...(trigger === undefined ? [] : [`${relationName(trigger.relation)}.${trigger.trigname ?? ""}`]),
    ...(extension === undefined ? [] : [extension]),
  ];
}
