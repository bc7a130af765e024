import { operationMakers } from "../operations/operationMakers";
import { OperationError } from "../operations/operationError";
import type { Operation } from "../operations/operation";
import { CallArguments, Inconvertible } from "../source/python/convert/callArguments";
import { readModule } from "../source/python/convert/moduleParts";
import { convertBatchCall, convertCall, type BatchTable } from "../source/python/convert/operationCall";
import {
  bindImport,
  isPure,
  NameScope,
  readTerm,
  type CallTerm,
  type Term,
} from "../source/python/convert/term";
import { changingPythonNames } from "../source/python/changingPythonNames";
import { childrenOf, parsePython, textOf, type PythonNode } from "../source/python/pythonNodes";
import { quoteIdentifier } from "../sql/quote";
import { renderOperation } from "../sql/renderOperation";
import { executedSql } from "./pythonStatement";
import type { UnknownSql, WrittenSql } from "./revisionStatements";
import { runsInTransaction } from "./runsInTransaction";

/** A Python revision, with the SQL that it is known to send. */
export interface PythonRevisionSql {
  readonly text: string;
  readonly sql: readonly (WrittenSql | UnknownSql)[];
}

/**
 * The SQL of all operations that a Python revision calls outside of `downgrade`, in their order in the file: of `op.execute` and
 * the like as it is written, of the others as Alembic would write it for PostgreSQL. Nothing is run.
 */
export function readPythonSql(text: string): PythonRevisionSql {
  const reader = new SqlReader(text);
  reader.readModule();
  return { text, sql: reader.found };
}

/** Where a call is. */
interface Place {
  readonly scope: NameScope;
  readonly changing: ReadonlySet<string>;
  readonly isInTransaction: boolean;
  readonly batch: BatchTable | undefined;
}

/** They send nothing, or rows, which no rule looks at. */
const withoutSql: ReadonlySet<string> = new Set([
  "batch_alter_table",
  "bulk_insert",
  "f",
  "get_bind",
  "get_context",
  "inline_literal",
]);

class SqlReader {
  readonly found: (WrittenSql | UnknownSql)[] = [];
  private readonly makers = operationMakers({ namingConvention: undefined });

  constructor(private readonly text: string) {}

  readModule(): void {
    const module = parsePython(this.text);
    const { scope } = readModule(this.text, module);
    const changing = changingPythonNames(module, this.text);
    changing.forEach((name) => scope.bind(name, { kind: "unknown" }));
    this.visitAll(module, { scope, changing, isInTransaction: true, batch: undefined });
  }

  private visitAll(node: PythonNode, place: Place): void {
    childrenOf(node).forEach((child) => this.visit(child, place));
  }

  private visit(node: PythonNode, place: Place): void {
    switch (node.name) {
      case "FunctionDefinition":
        this.visitFunction(node, place);
        return;
      case "WithStatement":
        this.visitWith(node, place);
        return;
      case "ImportStatement":
        bindImport(node, place.scope);
        return;
      case "AssignStatement":
        this.visitAll(node, place);
        this.assign(node, place);
        return;
      case "CallExpression":
        this.readCall(node, place);
        this.visitAll(node, place);
        return;
      default:
        this.visitAll(node, place);
    }
  }

  private visitFunction(node: PythonNode, place: Place): void {
    const parts = childrenOf(node);
    const name = parts.find((part) => part.name === "VariableName");
    const body = parts.find((part) => part.name === "Body");
    if (body === undefined || (name !== undefined && textOf(name, this.text).startsWith("downgrade"))) {
      return;
    }
    const scope = new NameScope(this.text, place.scope);
    const changing = changingPythonNames(node, this.text);
    changing.forEach((each) => scope.bind(each, { kind: "unknown" }));
    this.visitAll(body, { scope, changing, isInTransaction: true, batch: undefined });
  }

  private assign(statement: PythonNode, { scope, changing }: Place): void {
    const parts = childrenOf(statement).filter(({ name }) => name !== "TypeDef" && name !== "Comment");
    const [target, , value, more] = parts;
    if (target?.name === "VariableName" && value !== undefined && more === undefined) {
      const name = textOf(target, this.text);
      const term = readTerm(value, scope);
      scope.bind(name, changing.has(name) || !isPure(term) ? { kind: "unknown" } : term);
    }
  }

  private visitWith(node: PythonNode, place: Place): void {
    const { scope } = place;
    const [, manager, as, target] = childrenOf(node).filter(({ name }) => name !== "Comment");
    const body = childrenOf(node).find(({ name }) => name === "Body");
    const opened: Term = manager === undefined ? { kind: "unknown" } : readTerm(manager, scope);
    childrenOf(node)
      .filter(({ name }) => name !== "Body")
      .forEach((part) => this.visit(part, place));
    const variable = as?.name === "as" && target?.name === "VariableName" ? textOf(target, this.text) : "";
    const isBatch = opened.kind === "call" && opened.path === "alembic.op.batch_alter_table";
    const isAutocommit = opened.kind === "call" && opened.path === "autocommit_block";
    scope.bind(variable, isBatch ? { kind: "name", path: "batch" } : { kind: "unknown" });
    if (body !== undefined) {
      this.visitAll(body, {
        ...place,
        isInTransaction: place.isInTransaction && !isAutocommit,
        batch: isBatch ? batchOf(opened) : place.batch,
      });
    }
    scope.bind(variable, { kind: "unknown" });
  }

  private readCall(node: PythonNode, place: Place): void {
    const { scope } = place;
    const callee = node.firstChild;
    const called = callee === null ? undefined : methodOf(callee, scope, this.text);
    if (callee === null || called === undefined) {
      return;
    }
    const where = {
      range: { start: callee.from, end: callee.to },
      call: { start: node.from, end: node.to },
    };
    if (called.method === "execute") {
      this.add(executedSql(node, scope, this.text, called.owner !== undefined), where, place);
      return;
    }
    const term = readTerm(node, scope);
    if (called.owner === undefined || withoutSql.has(called.method)) {
      this.addOfEnum(term, where, place);
      return;
    }
    if (term.kind !== "call") {
      this.found.push(unread(where, "its arguments are known only in a run"));
      return;
    }
    try {
      const operations =
        called.owner === "op" ? convertCall(this.makers, term) : this.ofBatch(term, called.method, place);
      this.addOperations(operations, where, place);
    } catch (error) {
      const table = called.method === "create_table" ? term.positional[0] : undefined;
      if (table?.kind === "literal" && typeof table.value === "string") {
        // Whatever its columns are, the table is new.
        this.addText(`CREATE TABLE ${quoteIdentifier(table.value)} ()`, where, place, undefined);
      } else {
        this.found.push(unread(where, reasonOf(error)));
      }
    }
  }

  private ofBatch(term: CallTerm, method: string, { batch }: Place): readonly Operation[] {
    if (batch === undefined) {
      throw new Inconvertible("the table of the batch is known only in a run");
    }
    return convertBatchCall(this.makers, { ...term, path: method }, batch);
  }

  /** `sa.Enum(…).create(op.get_bind())` */
  private addOfEnum(term: Term, where: Located, place: Place): void {
    if (term.kind !== "call" || !/^(?:create|drop)$/.test(term.path) || term.receiver === undefined) {
      return;
    }
    try {
      this.addOperations(convertCall(this.makers, term), where, place);
    } catch (error) {
      reasonOf(error);
    }
  }

  private addOperations(operations: readonly Operation[], where: Located, place: Place): void {
    for (const operation of operations) {
      for (const { text } of renderOperation(operation, "postgresql", { offline: true })) {
        this.addText(text, where, place, operation);
      }
    }
  }

  private add(sql: ReturnType<typeof executedSql>, where: Located, place: Place): void {
    if (sql === undefined) {
      return;
    }
    if (sql.kind === "unknown") {
      this.found.push({
        kind: "unknown",
        ...where,
        reason: { kind: "expressions", expressions: [sql.expression] },
      });
      return;
    }
    this.found.push({
      kind: "sql",
      ...where,
      text: sql.text,
      places: sql.places,
      source: undefined,
      operation: undefined,
      isInTransaction: place.isInTransaction && runsInTransaction(sql.text),
    });
  }

  private addText(text: string, where: Located, place: Place, operation: Operation | undefined): void {
    const isInTransaction = place.isInTransaction && runsInTransaction(text);
    this.found.push({ kind: "sql", ...where, text, source: undefined, operation, isInTransaction });
  }
}

type Located = Pick<WrittenSql, "range" | "call">;

function unread(where: Located, reason: string): UnknownSql {
  return { kind: "unknown", ...where, reason: { kind: "unread", reason } };
}

/** What a call of Alembic's is named, and whether it is one of `op` or of a batch; of others their method alone. */
function methodOf(
  callee: PythonNode,
  scope: NameScope,
  text: string,
): { readonly method: string; readonly owner: "op" | "batch" | undefined } | undefined {
  const term = readTerm(callee, scope);
  const [, owner, method] =
    term.kind === "name" ? (/^(alembic\.op|batch)\.(\w+)$/.exec(term.path) ?? []) : [];
  if (method !== undefined) {
    return { method, owner: owner === "batch" ? "batch" : "op" };
  }
  const parts = callee.name === "MemberExpression" ? childrenOf(callee) : [];
  const name = parts.at(-1);
  return name?.name === "PropertyName" ? { method: textOf(name, text), owner: undefined } : undefined;
}

function batchOf(opened: CallTerm): BatchTable | undefined {
  try {
    const given = new CallArguments(opened, ["table_name", "schema"]);
    return { table: given.text("table_name"), schema: given.optionalText("schema") };
  } catch (error) {
    reasonOf(error);
    return undefined;
  }
}

/** Why a call cannot be read; other errors go on. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Inconvertible) && !(error instanceof OperationError)) {
    throw error;
  }
  return error.message.replace(/ is not converted$/, " cannot be read").replace(/\.$/, "");
}
