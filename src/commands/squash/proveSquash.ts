import type { CommandContext } from "../../context/commandContext";
import type { CatalogObject } from "../../database/catalogFacts/readCatalogFacts";
import { loadRevisionModule } from "../../project/loadModule";
import { buildGraph, requireSoundGraph, type GraphRevision, type RevisionGraph } from "../../revision/graph";
import type { Revision } from "../../revision/revision";
import { refuseWhenCancelled } from "../../roundTrip/cancellation";
import { schemaChanges } from "../../roundTrip/schemaChanges";
import type { SchemaSnapshot } from "../../roundTrip/schemaSnapshot";
import { Scratch } from "../../roundTrip/scratch";
import type { RecordedRange } from "./recordRange";

/** A squashed revision that is not written yet. */
export interface SquashDraft {
  readonly record: Revision;
  readonly text: string;
}

/**
 * Runs a squashed revision up and down on a scratch database, and compares what it makes with what the revisions made that it
 * replaces.
 * @param shared what it stands on, parents first
 * @returns what is otherwise, a sentence each
 * @throws MigrationError, DatabaseError, LoadError where it can't be applied or reverted
 */
export async function proveSquash(
  context: CommandContext,
  graph: RevisionGraph,
  shared: readonly GraphRevision[],
  { record, text }: SquashDraft,
  { upgraded, wayBack }: RecordedRange,
): Promise<readonly string[]> {
  const squashed = buildGraph([...graph.files, record]);
  requireSoundGraph(squashed);
  const revision = squashed.get(record.revision);
  if (revision === undefined) {
    throw new Error(`The squashed revision ${record.revision} is not in its own graph.`);
  }
  const withText: CommandContext = {
    ...context,
    loadRevisionModule: (path) =>
      path === record.path ? loadRevisionModule(path, text) : context.loadRevisionModule(path),
  };
  const scratch = await Scratch.open(withText, squashed, undefined, graph);
  try {
    for (const below of shared) {
      refuseWhenCancelled(context);
      await scratch.upgrade(below);
    }
    await scratch.upgrade(revision);
    const changes = differences(upgraded, await scratch.snapshot(), "");
    if (wayBack.kind === "irreversible" || changes.length > 0) {
      return changes;
    }
    await scratch.downgrade(revision);
    return differences(wayBack.downgraded, await scratch.snapshot(), "After the downgrade: ");
  } finally {
    await scratch.close();
  }
}

function differences(expected: SchemaSnapshot, actual: SchemaSnapshot, when: string): readonly string[] {
  const changes = schemaChanges(expected.objects, actual.objects, {
    isSameDatabase: false,
    isSpellingFree: expected.dialect === "sqlite",
    isVerbatim: expected.dialect === "postgresql",
  });
  return [...changes.map(({ text }) => text), ...otherOrders(expected.objects, actual.objects)].map(
    (text) => when + text,
  );
}

/** A dump shows the order of columns, and whoever inserts rows without naming them depends on it. */
function otherOrders(
  expected: readonly CatalogObject[],
  actual: readonly CatalogObject[],
): readonly string[] {
  const columns = new Map(
    actual.map(({ kind, name, columns: list = [] }) => [`${kind} ${name}`, list.join(", ")]),
  );
  return expected.flatMap(({ kind, name, columns: list = [] }) => {
    const other = columns.get(`${kind} ${name}`);
    const wanted = list.join(", ");
    return other === undefined || other === wanted
      ? []
      : [`The order of the columns of ${kind} ${name} is ${other} instead of ${wanted}.`];
  });
}
