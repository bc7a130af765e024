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
 * Operations of the project's own, which its config registers under `operations`. Declare them to have them typed:
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

/** What became of an `op.try`. */
export type TryOutcome =
  | { readonly worked: true }
  | {
      readonly worked: false;
      /** The server's own words. */
      readonly message: string;
      /** PostgreSQL's code, such as `23505` for a value that is there already; undefined on SQLite. */
      readonly sqlState: string | undefined;
    };

/** The names of `op` that are Alembic's machinery around operations. */
export interface OperationControls {
  /**
   * Alters one table. On PostgreSQL each operation runs at once, as a plain ALTER TABLE. On SQLite they are
   * collected and the table is moved and copied once, at the end of the callback.
   *
   * @param table the table that all operations of the batch are about
   * @param alter gets the operations of `op` without their table argument
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
   * Runs what the callback calls outside a transaction: what came before is committed first, and a transaction
   * begins again after it. For `CREATE INDEX CONCURRENTLY`, `VACUUM` and the like in `op.execute` this is not
   * needed: they leave the transaction by themselves.
   *
   * @example
   * await op.autocommitBlock(async () => {
   *   await op.addEnumValue("mood", "excited");
   * });
   */
  autocommitBlock(body: () => Promise<void> | void): Promise<void>;

  /**
   * Waits until everything called before has worked. An operation's own promise resolves when its statement is on its
   * way, so that the next one is made while the server is busy: await this before anything that must not happen after a
   * failure, such as writing a file or calling another service.
   *
   * @throws what an operation before it failed with
   * @example
   * await op.dropTable("uploads");
   * await op.flush();
   * await rm("uploads", { recursive: true });
   */
  flush(): Promise<void>;

  /**
   * Goes on where the database refuses something that the callback calls: all that the callback did is taken back, by a
   * savepoint, and the outcome says why. A `try`/`catch` around operations can't do that: a statement that fails ends
   * PostgreSQL's transaction, so the run fails. What the callback itself throws, a lost connection and a cancelled run
   * still fail the revision. Needs a transaction, and can't be written into a script (`--sql`).
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
   * A final name: the naming convention of the config leaves it as it is.
   *
   * @example await op.dropConstraint(op.f("ck_users_age"), "users", { type: "check" });
   */
  f(name: string): FinalName;

  /**
   * A value that is written into the SQL text where a parameter would stand otherwise.
   *
   * @example await op.execute(sql`UPDATE t SET a = ${op.inlineLiteral("x")}`);
   */
  inlineLiteral(value: FragmentScalar | FragmentArray | bigint | Date): SqlFragment;

  /**
   * Runs an operation that is given as a record: one that a tool made, or a custom one.
   *
   * @throws OperationError `unknown-operation` for a custom operation that the config does not register
   * @example await op.invoke({ kind: "renameTable", table: "a", newName: "b" });
   */
  invoke(operation: Operation): Promise<void>;
}

/**
 * The `op` of a revision file: what a migration can do to the database. Operations run strictly in the order of
 * the calls, one at a time, and all are finished before the version table moves.
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
