import type { Connection } from "../../database/connection";
import type { RevisionGraph } from "../../revision/graph";
import { adoptedRevisions } from "./adoptedRevisions";
import type { CommandContext } from "../../context/commandContext";
import { impliedRevisions } from "../../revision/lineage";
import { keepRanMigrations, type RanMigrationsOptions } from "./ranMigrations";
import { loadTypeormProject, type TypeormProject } from "./typeormProject";

export interface StampedPlace {
  readonly graph: RevisionGraph;
  /** The rows that the version table is to have. */
  readonly heads: readonly string[];
  readonly connection: Connection;
  readonly run: RanMigrationsOptions["run"];
}

/**
 * Makes TypeORM's table say of adopted migrations what a stamp says of their revisions, so that TypeORM neither runs nor
 * reverts what the version table claims. Migrations without a revision are left as they are.
 */
export async function listStamped(
  context: CommandContext,
  { graph, heads, connection, run }: StampedPlace,
): Promise<void> {
  if (connection.dialect !== "postgresql") {
    return;
  }
  const adopted = await adoptedRevisions(graph);
  const project = adopted.size === 0 ? undefined : await loadOrWarn(context);
  if (project === undefined) {
    return;
  }
  const implied = impliedRevisions(graph, heads);
  const isApplied = (name: string): boolean => implied.has(adopted.get(name) ?? "");
  const migrations = project.migrations.filter(({ name }) => adopted.has(name));
  const ran = keepRanMigrations({ dataSource: project.dataSource, connection, run });
  await ran.open(migrations.some(({ name }) => isApplied(name)));
  for (const migration of migrations) {
    const isListed = ran.lists(migration.name);
    if (isListed === false && isApplied(migration.name)) {
      await ran.add(migration);
    } else if (isListed === true && !isApplied(migration.name)) {
      await ran.remove(migration);
    }
  }
}

/** A stamp is needed most where something is broken. */
async function loadOrWarn(context: CommandContext): Promise<TypeormProject | undefined> {
  try {
    return await loadTypeormProject(context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    context.report({
      kind: "log",
      level: "warning",
      message: `TypeORM's migrations table was not updated to match the stamp: ${reason}`,
    });
    return undefined;
  }
}
