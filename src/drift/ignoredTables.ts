import type { CommandContext } from "../context/commandContext";
import type { QualifiedName } from "../schema/model/tableModel";
import { serverName } from "../schema/serverName";
import { migrationsTable } from "../typeorm/adopt/migrationsTable";

const usualNames = ["migrations", "typeorm_metadata"];

/** The tables that TypeORM keeps for itself. */
export interface TypeormTables {
  /** As the DataSource names them; undefined where there is none, or it can't be loaded. */
  readonly named: ((defaultSchema: string) => readonly QualifiedName[]) | undefined;
}

/** Asks the project's DataSource, if it has one, what its own tables are called. */
export async function findTypeormTables(context: CommandContext): Promise<TypeormTables> {
  if (context.config.dataSource === undefined) {
    return { named: undefined };
  }
  try {
    const { dataSource } = await context.loadDataSource();
    const { schema, name } = migrationsTable(dataSource);
    const metadata = dataSource.options.metadataTableName ?? "typeorm_metadata";
    return {
      named: (defaultSchema) => [
        { schema: serverName(schema ?? defaultSchema), name: serverName(name) },
        { schema: serverName(dataSource.options.schema ?? defaultSchema), name: serverName(metadata) },
      ],
    };
  } catch (error) {
    context.report({
      kind: "log",
      level: "warning",
      message: `The DataSource can't be loaded, so TypeORM's own tables are taken to be migrations and typeorm_metadata: ${error instanceof Error ? error.message : String(error)}`,
    });
    return { named: undefined };
  }
}

/** @param made tables that are the project's own, whatever they are called */
export function ignoredTables(
  { named }: TypeormTables,
  defaultSchema: string,
  made: readonly QualifiedName[],
): readonly QualifiedName[] {
  return (
    named?.(defaultSchema) ??
    usualNames
      .filter((name) => !made.some((table) => table.schema === defaultSchema && table.name === name))
      .map((name) => ({ schema: defaultSchema, name }))
  );
}
