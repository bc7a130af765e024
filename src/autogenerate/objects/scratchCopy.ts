import type { Connection } from "../../database/connection";
import type { Database } from "../../database/database";
import type { Operation } from "../../operations/operation";
import type { SchemaModel } from "../../schema/model/schemaModel";
import { renderOperation } from "../../sql/renderOperation";
import { takeWherePossible } from "../read/takeWherePossible";
import { beginCopy, copyOperations } from "../read/workplace";

/** Makes something; what it stands on may not be there yet. */
export interface CopyStep {
  readonly operation: Operation;
  run(): Promise<void>;
}

/** An empty PostgreSQL. */
export interface EmptyPlace {
  readonly database: Database;
  /** Whether it ends when it is closed. Elsewhere everything is in one transaction, which is rolled back. */
  readonly isOwn: boolean;
}

/**
 * Does something in a copy of a schema without rows, of which nothing stays. An embedded server has locks for some
 * hundred objects in one transaction, so there each has its own.
 */
export async function onCopy<Result>(
  open: () => Promise<EmptyPlace>,
  model: SchemaModel,
  work: (connection: Connection, steps: readonly CopyStep[]) => Promise<Result>,
): Promise<Result> {
  const { database, isOwn } = await open();
  const { connection } = database;
  try {
    if (!isOwn) {
      await connection.run("BEGIN");
    }
    await beginCopy(connection, model, isOwn ? "SET" : "SET LOCAL");
    return await work(connection, copySteps(connection, model));
  } finally {
    if (!isOwn) {
      await connection.run("ROLLBACK").catch(() => undefined);
    }
    await database.close();
  }
}

function copySteps(connection: Connection, model: SchemaModel): readonly CopyStep[] {
  return copyOperations(model).map((operation) => ({
    operation,
    async run() {
      for (const { text, values } of renderOperation(operation, "postgresql")) {
        await connection.run(text, values);
      }
    },
  }));
}

/** Takes steps wherever that works, and gives those that still fail. */
export function takeSteps(connection: Connection, steps: readonly CopyStep[]): Promise<readonly CopyStep[]> {
  return takeWherePossible(
    steps,
    async (step) => (await attempt(connection, () => step.run())) === undefined,
  );
}

/**
 * Tries something: within the open transaction, or in one of its own.
 * @returns why it failed; then nothing of it stays
 */
export async function attempt(
  connection: Connection,
  work: () => Promise<void>,
): Promise<{ readonly error: unknown } | undefined> {
  const isInside = connection.isInTransaction?.() === true;
  await connection.run(isInside ? "SAVEPOINT before_attempt" : "BEGIN");
  try {
    await work();
    await connection.run(isInside ? "RELEASE SAVEPOINT before_attempt" : "COMMIT");
    return undefined;
  } catch (error) {
    await connection.run(isInside ? "ROLLBACK TO SAVEPOINT before_attempt" : "ROLLBACK");
    return { error };
  }
}
