import type { CommandContext } from "../context/commandContext";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { openGivenDatabase } from "../roundTrip/givenDatabase";
import { revisionsUpTo } from "../roundTrip/roundTrip";
import { changesBetween, type SchemaSnapshot } from "../roundTrip/schemaSnapshot";
import { Scratch } from "../roundTrip/scratch";

/** Gives each test a database of its own, which what an earlier test left in it can't reach. */
export interface TestBench {
  /**
   * A database at the parents of a revision, without any rows but those of the revisions.
   * @throws MigrationError, DatabaseError, LoadError as `upgrade` does; Error where the database can't be brought there
   */
  at(revision: GraphRevision): Promise<Scratch>;
  /** Takes a database that somebody named back to base, and closes it. */
  leave(): Promise<void>;
}

/**
 * @param database an environment or a URL of an empty database; scratch databases if left out
 * @throws CommandError `database-not-empty`, `production-database`
 */
export async function openTestBench(
  context: CommandContext,
  graph: RevisionGraph,
  database: string | undefined,
): Promise<TestBench> {
  return database === undefined
    ? scratchBench(context, graph)
    : givenBench(
        context,
        await Scratch.open(context, graph, await openGivenDatabase(context, database)),
        graph,
      );
}

/** A new database for each test: nothing else forgets all that a test may have done. */
function scratchBench(context: CommandContext, graph: RevisionGraph): TestBench {
  let scratch: Scratch | undefined;
  const leave = async (): Promise<void> => {
    await scratch?.close();
    scratch = undefined;
  };
  return {
    async at(revision) {
      await leave();
      scratch = await Scratch.open(context, graph);
      await applyParents(scratch, graph, revision);
      return scratch;
    },
    leave,
  };
}

/** A database that can't be made anew: after each test it is reverted to base, where it has no tables. */
async function givenBench(
  context: CommandContext,
  scratch: Scratch,
  graph: RevisionGraph,
): Promise<TestBench> {
  const base = await scratch.snapshot();
  return {
    async at(revision) {
      await revert(scratch, base);
      await applyParents(scratch, graph, revision);
      return scratch;
    },
    async leave() {
      await revert(scratch, base).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        context.report({
          kind: "log",
          level: "warning",
          message: `The database is not left as it was: ${why}`,
        });
      });
      await scratch.close();
    },
  };
}

async function revert(scratch: Scratch, base: SchemaSnapshot): Promise<void> {
  if (scratch.connection.isInTransaction?.() === true) {
    await scratch.connection.run("ROLLBACK");
  }
  await scratch.downgradeAll();
  const [change] = changesBetween(base, await scratch.snapshot());
  if (change !== undefined) {
    throw new Error(`After all revisions were reverted, the database is not as it was: ${change.text}`);
  }
}

async function applyParents(scratch: Scratch, graph: RevisionGraph, tested: GraphRevision): Promise<void> {
  for (const revision of revisionsUpTo(graph, [tested.revision])) {
    if (revision !== tested) {
      await scratch.upgrade(revision);
    }
  }
}
