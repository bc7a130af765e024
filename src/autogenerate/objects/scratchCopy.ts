import type { Connection } from "../../database/connection";
import type { Operation } from "../../operations/operation";
import type { SchemaModel } from "../../schema/model/schemaModel";
import { renderOperation } from "../../sql/renderOperation";
import { beginCopy, copyOperations } from "../read/workplace";

/** Makes something; what it stands on may not be there yet. */
export interface CopyStep {
  readonly operation: Operation;
  run(): Promise<void>;
}

/** Does something in a copy of a schema without rows, on an empty database, and takes everything back. */
export async function onCopy<Result>(
  connection: Connection,
  model: SchemaModel,
  work: (steps: readonly CopyStep[]) => Promise<Result>,
): Promise<Result> {
  await connection.run("BEGIN");
  try {
    await beginCopy(connection, model);
    return await work(copySteps(connection, model));
  } finally {
    await connection.run("ROLLBACK").catch(() => undefined);
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

/**
 * Takes steps as often as another of them may have made what they stand on.
 * @returns those that still fail
 */
export async function takeSteps(
  connection: Connection,
  steps: readonly CopyStep[],
): Promise<readonly CopyStep[]> {
  let pending = steps;
  for (;;) {
    const failed: CopyStep[] = [];
    for (const step of pending) {
      if ((await attempt(connection, () => step.run())) !== undefined) {
        failed.push(step);
      }
    }
    if (failed.length === 0 || failed.length === pending.length) {
      return failed;
    }
    pending = failed;
  }
}

/**
 * Tries something within a transaction.
 * @returns why it failed; then nothing of it stays
 */
export async function attempt(
  connection: Connection,
  work: () => Promise<void>,
): Promise<{ readonly error: unknown } | undefined> {
  await connection.run("SAVEPOINT before_attempt");
  try {
    await work();
    await connection.run("RELEASE SAVEPOINT before_attempt");
    return undefined;
  } catch (error) {
    await connection.run("ROLLBACK TO SAVEPOINT before_attempt");
    return { error };
  }
}
