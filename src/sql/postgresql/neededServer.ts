import type { ColumnDefinition } from "../../operations/column/columnDefinition";
import type { ConstraintDefinition } from "../../operations/constraint/constraintDefinition";
import type { Operation } from "../../operations/operation";
import { OperationError } from "../../operations/operationError";
import { isWord, significantTokens } from "../../sqlText/lexer";

/** What an operation uses that not every supported server has. */
export interface NeededServer {
  /** The first major version that has it. */
  readonly major: number;
  /** The words of PostgreSQL for it. */
  readonly clause: string;
  /** What to write for an older server. */
  readonly instead: string;
}

const nullsNotDistinct: NeededServer = {
  major: 15,
  clause: "NULLS NOT DISTINCT",
  instead: "leave out `nullsNotDistinct`, and index coalesce(…) of the columns that may be NULL",
};
const virtualColumn: NeededServer = {
  major: 18,
  clause: "A virtual generated column",
  instead: "set `stored: true`",
};
const replacedTrigger: NeededServer = {
  major: 14,
  clause: "CREATE OR REPLACE TRIGGER",
  instead: "leave out `orReplace`, and drop the trigger before",
};
const parsedBody: NeededServer = {
  major: 14,
  clause: "A function's body that is not a string",
  instead: "write it as AS $$ … $$",
};
const concurrentDetach: NeededServer = {
  major: 14,
  clause: "DETACH PARTITION … CONCURRENTLY",
  instead: "leave out `concurrently`",
};
const repack: NeededServer = {
  major: 19,
  clause: "REPACK",
  instead: "run VACUUM FULL or CLUSTER with `op.execute`",
};
const mergedPartitions: NeededServer = {
  major: 19,
  clause: "MERGE PARTITIONS",
  instead: "detach the partitions, move their rows to a new table, and attach the new table",
};
const splitPartition: NeededServer = {
  major: 19,
  clause: "SPLIT PARTITION",
  instead: "detach the partition, move its rows to new tables, and attach the new tables",
};
const securityInvoker: NeededServer = {
  major: 15,
  clause: "security_invoker of a view",
  instead: "leave it out, and grant to the view's owner only what its readers may see",
};

/** What an operation uses that is newer than the oldest supported server; of several the newest. */
export function neededServer(operation: Operation): NeededServer | undefined {
  return needsOf(operation).reduce<NeededServer | undefined>(
    (newest, need) => (newest === undefined || need.major > newest.major ? need : newest),
    undefined,
  );
}

/**
 * Refuses an operation that the server is too old for, before anything of it is sent.
 * @param serverVersion as `server_version_num`: 130023 for 13.23; 0 where it is not known
 * @throws OperationError `server-too-old`
 */
export function requireServer(operation: Operation, serverVersion: number): void {
  const need = neededServer(operation);
  if (need !== undefined && serverVersion > 0 && Math.floor(serverVersion / 10_000) < need.major) {
    const server = `${String(Math.floor(serverVersion / 10_000))}.${String(serverVersion % 10_000)}`;
    throw new OperationError(
      "server-too-old",
      `${need.clause} needs PostgreSQL ${String(need.major)} or later, and this server is PostgreSQL ${server}.`,
      `Upgrade the server, or ${need.instead}.`,
    );
  }
}

function needsOf(operation: Operation): readonly NeededServer[] {
  switch (operation.kind) {
    case "createTable":
      return [...operation.columns.flatMap(ofColumn), ...operation.constraints.flatMap(ofConstraint)];
    case "addColumn":
      return [...ofColumn(operation.column), ...operation.constraints.flatMap(ofConstraint)];
    case "createPrimaryKey":
    case "createUniqueConstraint":
    case "createForeignKey":
    case "createCheckConstraint":
    case "createExcludeConstraint":
      return ofConstraint(operation.constraint);
    case "createIndex":
      return operation.index.nullsNotDistinct === true ? [nullsNotDistinct] : [];
    case "createFunction":
      return hasParsedBody(operation.definition.text.join("?")) ? [parsedBody] : [];
    case "createTrigger":
      return operation.orReplace === true ? [replacedTrigger] : [];
    case "detachPartition":
      return operation.concurrently === true ? [concurrentDetach] : [];
    case "mergePartitions":
      return [mergedPartitions];
    case "splitPartition":
      return [splitPartition];
    case "repack":
      return [repack];
    case "createView":
    case "replaceView":
      return Object.keys(operation.with ?? {}).includes("security_invoker") ? [securityInvoker] : [];
    case "batchAlterTable":
      return operation.operations.flatMap(needsOf);
    default:
      return [];
  }
}

/** `RETURN …` or `BEGIN ATOMIC … END` behind the options of a function. */
function hasParsedBody(definition: string): boolean {
  return significantTokens(definition).some(
    (token, index, tokens) =>
      isWord(token, "RETURN") || (isWord(token, "ATOMIC") && isWord(tokens[index - 1], "BEGIN")),
  );
}

function ofColumn({ generated }: ColumnDefinition): readonly NeededServer[] {
  return generated?.stored === false ? [virtualColumn] : [];
}

function ofConstraint(constraint: ConstraintDefinition): readonly NeededServer[] {
  return constraint.kind === "unique" && constraint.nullsNotDistinct === true ? [nullsNotDistinct] : [];
}
