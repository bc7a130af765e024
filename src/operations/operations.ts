import type { FinalName } from "./arguments";
import type { BatchOperations, BatchOptions } from "./batch/batch";
import type { ColumnOperations } from "./column/column";
import type { ConstraintOperations } from "./constraint/constraint";
import type { Operation } from "./operation";
import type { PolicyOperations } from "./policy/policy";
import type { RoutineOperations } from "./routine/routine";
import type { DataOperations } from "./rows/rows";
import type { SchemaOperations } from "./schema/schema";
import type { SequenceOperations } from "./sequence/sequence";
import type { FragmentArray, FragmentScalar, SqlFragment } from "./sqlFragment";
import type { TableOperations } from "./table/table";
import type { IndexOperations } from "./index/tableIndex";
import type { TypeOperations } from "./type/type";
import type { ViewOperations } from "./view/view";

/**
 * Your own operations, which the configuration registers under `operations`. Declare them to give them types:
 *
 * @example
 * declare module "alembic-ts" {
 *   interface CustomOperations {
 *     createAuditTable(table: string): Promise<void>;
 *   }
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging
export interface CustomOperations {}

/** The result of `op.try`. */
export type TryOutcome =
  | { readonly worked: true }
  | {
      readonly worked: false;
      /** The message of the server. */
      readonly message: string;
      /** PostgreSQL's error code, such as `23505` for a duplicate value; undefined on SQLite. */
      readonly sqlState: string | undefined;
    };

/** The names of `op` that are Alembic's machinery around operations. */
export interface OperationControls {
  /**
   * Alters one table. On PostgreSQL each operation runs at once, as a plain ALTER TABLE. On SQLite they are
   * collected, and the table is copied once, at the end of the callback.
   *
   * @param table the table for all operations of the batch
   * @param alter receives the operations of `op` without their table argument
   * @throws whatever an operation or the callback throws
   * @example
   * await op.batchAlterTable("users", async (batch) => {
   *   await batch.addColumn("new_field", { type: "varchar(50)" });
   *   await batch.createIndex("idx_new_field", ["new_field"]);
   * });
   */
  batchAlterTable(
    table: string,
    alter: (batch: BatchOperations) => Promise<void> | void,
    options?: BatchOptions,
  ): Promise<void>;

  /**
   * Runs the operations of the callback outside a transaction: everything before it is committed first, and a new
   * transaction starts after it. `CREATE INDEX CONCURRENTLY`, `VACUUM` and similar statements in `op.execute` do not need
   * this: they run outside the transaction automatically.
   *
   * @example
   * await op.autocommitBlock(async () => {
   *   await op.addEnumValue("mood", "excited");
   * });
   */
  autocommitBlock(body: () => Promise<void> | void): Promise<void>;

  /**
   * Waits until all earlier operations have succeeded. The promise of an operation resolves as soon as its statement is
   * sent, so that the next one is prepared while the server is busy. Await `flush` before anything that must not happen
   * after a failure, such as writing a file or calling another service.
   *
   * @throws the error of an earlier operation that failed
   * @example
   * await op.dropTable("uploads");
   * await op.flush();
   * await rm("uploads", { recursive: true });
   */
  flush(): Promise<void>;

  /**
   * Tolerates an error of the database: if an operation in the callback fails, everything that the callback did is rolled
   * back to a savepoint, and the result says why. A `try`/`catch` around operations can't do this, because a failed
   * statement aborts PostgreSQL's transaction. An error that the callback itself throws, a lost connection and a cancelled
   * run still fail the revision. Needs a transaction, and can't be used in a script (`--sql`).
   *
   * @example
   * const outcome = await op.try(async () => {
   *   await op.execute("CREATE EXTENSION pg_trgm");
   * });
   * if (!outcome.worked) {
   *   context.log(`Search stays exact: ${outcome.message}`);
   * }
   */
  try(body: () => Promise<void> | void): Promise<TryOutcome>;

  /**
   * A final name, which the naming convention of the configuration does not change.
   *
   * @example await op.dropConstraint(op.f("ck_users_age"), "users", { type: "check" });
   */
  f(name: string): FinalName;

  /**
   * A value that is written into the SQL text instead of becoming a parameter.
   *
   * @example await op.execute(sql`UPDATE t SET a = ${op.inlineLiteral("x")}`);
   */
  inlineLiteral(value: FragmentScalar | FragmentArray | bigint | Date): SqlFragment;

  /**
   * Runs an operation that is given as a record: one that a tool created, or a custom one.
   *
   * @throws OperationError `unknown-operation` for a custom operation that the configuration does not register
   * @example await op.invoke({ kind: "renameTable", table: "a", newName: "b" });
   */
  invoke(operation: Operation): Promise<void>;
}

/**
 * The `op` of a revision file: the operations that a migration can run. They run strictly in the order of the calls, one
 * at a time, and all of them finish before the version table changes.
 */
export interface Operations
  extends
    TableOperations,
    ColumnOperations,
    IndexOperations,
    ConstraintOperations,
    DataOperations,
    TypeOperations,
    ViewOperations,
    SequenceOperations,
    RoutineOperations,
    PolicyOperations,
    SchemaOperations,
    OperationControls,
    CustomOperations {}
