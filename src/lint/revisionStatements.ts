import type { CallExpression, Node, Program } from "@babel/types";
import { argumentValues } from "../source/calls/argumentValues";
import { changingNames, walk } from "../source/calls/bindings";
import type { NodePath } from "../source/calls/bindings";
import { operationCallOf } from "../source/calls/callAt";
import type { OperationCall } from "../source/calls/callAt";
import { constantsOf, rangeOf, withoutTypes } from "../source/constantValues";
import type { TextRange } from "../source/header";
import { sqlOfCall } from "../sql/callSql";
import type { CallSqlProject, WrittenRevision } from "../sql/callSql";
import type { Operation } from "../operations/operation";
import { runsInTransaction } from "./runsInTransaction";

/** SQL that the `upgrade` of a revision sends, with its place in the file. */
export interface WrittenSql {
  readonly kind: "sql";
  readonly text: string;
  /** The name of the operation, with the `op` before it. */
  readonly range: TextRange;
  /** The whole call. */
  readonly call: TextRange;
  /** The text that the SQL is written in, as it is in the file: the argument of `op.execute`. */
  readonly source: TextRange | undefined;
  /** The offset in the file of each character of the SQL, where it is written there in another form. */
  readonly places?: readonly number[] | undefined;
  readonly operation: Operation | undefined;
  readonly isInTransaction: boolean;
}

/** Why the text does not tell the SQL of a call. */
export type UnknownReason =
  /** Only a run can tell what these expressions of the text are. */
  | { readonly kind: "expressions"; readonly expressions: readonly string[] }
  /** The configuration computes the naming convention. */
  | { readonly kind: "convention" }
  /** The call is none that can be read. */
  | { readonly kind: "unread"; readonly reason: string }
  /** A run refuses the call, with this message. */
  | { readonly kind: "refused"; readonly message: string };

/** A call whose SQL the text does not tell. */
export interface UnknownSql {
  readonly kind: "unknown";
  readonly range: TextRange;
  readonly call: TextRange;
  readonly reason: UnknownReason;
}

/** They send nothing, or what their callbacks call is found there. */
const withoutSql: ReadonlySet<string> = new Set([
  "try",
  "f",
  "inlineLiteral",
  "flush",
  "autocommitBlock",
  "batchAlterTable",
]);

/** So many characters of SQL are rows, which no rule looks at. */
const rowOperations: ReadonlySet<string> = new Set(["bulkInsert"]);

/**
 * The SQL of all operations that are called outside of `downgrade`, in their order in the file; nothing is run. Of what else is
 * called with SQL, as `connection.query`, the SQL is there where it is written out.
 */
export function revisionSql(
  written: WrittenRevision,
  project: CallSqlProject,
): readonly (WrittenSql | UnknownSql)[] {
  const { program } = written;
  const changing = changingNames(program);
  const isTransactional = !saysNoTransaction(program);
  const found: (WrittenSql | UnknownSql)[] = [];
  walk(program, (path, node) => {
    if (nameOfFunction(node) === "downgrade") {
      return false;
    }
    if (node.type === "CallExpression") {
      const isOutside = !isTransactional || isInAutocommitBlock(path);
      const operation = operationCallOf(node, path);
      found.push(
        ...(operation === undefined
          ? queryOf(node, path, changing)
          : sqlOf(written, operation, project, changing)
        ).map((each) => (each.kind === "sql" && isOutside ? { ...each, isInTransaction: false } : each)),
      );
    }
    return true;
  });
  return found;
}

function sqlOf(
  written: WrittenRevision,
  operation: OperationCall,
  project: CallSqlProject,
  changing: ReadonlySet<string>,
): readonly (WrittenSql | UnknownSql)[] {
  if (withoutSql.has(operation.method) || rowOperations.has(operation.method)) {
    return [];
  }
  const sql = sqlOfCall(written, operation, project, changing);
  const call = rangeOf(operation.call);
  switch (sql?.kind) {
    case "sql": {
      const [argument] = operation.call.arguments;
      const source = operation.method === "execute" && argument ? rangeOf(withoutTypes(argument)) : undefined;
      return sql.statements.map((text) => ({
        kind: "sql",
        text,
        range: sql.range,
        call,
        source,
        operation: sql.operation,
        isInTransaction: runsInTransaction(text),
      }));
    }
    case "unknown":
      return [unknown(sql.range, call, { kind: "expressions", expressions: sql.expressions })];
    case "unknown-convention":
      return [unknown(sql.range, call, { kind: "convention" })];
    case "refused":
      return [unknown(sql.range, call, { kind: "refused", message: sql.message })];
    default:
      return [];
  }
}

function unknown(range: TextRange, call: TextRange, reason: UnknownReason): UnknownSql {
  return { kind: "unknown", range, call, reason };
}

/** Of `connection.query("…")`, and `queryRunner.query("…")`. */
function queryOf(node: CallExpression, path: NodePath, changing: ReadonlySet<string>): readonly WrittenSql[] {
  const { callee } = node;
  const [argument] = node.arguments;
  const isQuery =
    callee.type === "MemberExpression" &&
    callee.property.type === "Identifier" &&
    callee.property.name === "query";
  if (!isQuery || argument === undefined) {
    return [];
  }
  const input = argumentValues([argument], path, changing);
  const text = input.kind === "known" ? input.values[0] : undefined;
  return typeof text === "string"
    ? [
        {
          kind: "sql",
          text,
          range: rangeOf(callee),
          call: rangeOf(node),
          source: rangeOf(withoutTypes(argument)),
          operation: undefined,
          isInTransaction: runsInTransaction(text),
        },
      ]
    : [];
}

function nameOfFunction(node: Node): string | undefined {
  switch (node.type) {
    case "FunctionDeclaration":
      return node.id?.name;
    case "VariableDeclarator":
      return node.id.type === "Identifier" ? node.id.name : undefined;
    case "ObjectMethod":
    case "ObjectProperty":
    case "ClassMethod":
      return node.key.type === "Identifier" ? node.key.name : undefined;
    default:
      return undefined;
  }
}

function isInAutocommitBlock(path: NodePath): boolean {
  return path.slice(0, -1).some((node, index) => {
    const call = node.type === "CallExpression" ? operationCallOf(node, path.slice(0, index + 1)) : undefined;
    return call?.method === "autocommitBlock";
  });
}

/** `export const transaction = false` */
function saysNoTransaction(program: Program): boolean {
  const value = constantsOf(program).get("transaction");
  return value?.type === "BooleanLiteral" && !value.value;
}
