import { DatabaseError } from "../../database/databaseError";
import type { TypeormMigration } from "../../typeorm/adopt/findMigrations";
import { MigrationError } from "../migrationError";
import { ownHintOf, serverHintOf } from "../failureHint";
import { placeOfFailure } from "./classPlace";
import type { TypeormProject } from "./typeormProject";
import type { TypeormRevision } from "./typeormRevision";

interface FailedMigration {
  readonly project: TypeormProject;
  readonly migration: TypeormMigration;
  readonly method: "up" | "down";
  readonly revision: TypeormRevision;
}

/** What a TypeORM migration threw, placed in the file of its class, with what the server said of the statement. */
export function typeormFailure(error: unknown, failed: FailedMigration): unknown {
  const { project, migration, method, revision } = failed;
  const chain = causesOf(error);
  const place = placeOfFailure(error, migration, method);
  const own = chain.find((cause) => cause instanceof MigrationError);
  if (own !== undefined) {
    return own.location !== undefined || place === undefined
      ? own
      : new MigrationError(own.code, own.message, { ...own, cause: own.cause, location: place });
  }
  const refused = chain.find((cause) => cause instanceof DatabaseError);
  if (refused?.code === "cancelled") {
    return refused;
  }
  if (
    project.entitiesFailure !== undefined &&
    chain.some((cause) => cause instanceof Error && cause.name === "EntityMetadataNotFoundError")
  ) {
    return project.entitiesFailure;
  }
  const message = refused?.message ?? (error instanceof Error ? error.message : String(error));
  return new MigrationError(
    "revision-failed",
    `Revision ${revision.revision} failed in ${method}() of the TypeORM migration ${migration.name}: ${message}`,
    {
      revision: revision.revision,
      location: place ?? { path: revision.path, line: 1, column: 1 },
      sql: refused?.sql,
      sqlState: refused?.sqlState,
      serverDetail: refused?.detail,
      serverHint: refused && serverHintOf(refused),
      hint: refused && (ownHintOf(refused) ?? "Correct the migration, and run the command again."),
      cause: error,
    },
  );
}

/** TypeORM wraps what its driver throws, and the user's code may wrap that. */
function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  const collect = (cause: unknown): void => {
    if (typeof cause === "object" && cause !== null && !chain.includes(cause)) {
      chain.push(cause);
      collect(Reflect.get(cause, "driverError"));
      collect(Reflect.get(cause, "cause"));
    }
  };
  collect(error);
  return chain;
}
