import type { CommandContext } from "../context/commandContext";
import type { RoundTripResult, WholeRunOutcome } from "../context/commandTable";
import type { RoundTripOutcome } from "../context/roundTripOutcome";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { reachedIds } from "../revision/lineage";
import { planUpgrade } from "../revision/planUpgrade";
import { refuseWhenCancelled } from "./cancellation";
import { openGivenDatabase } from "./givenDatabase";
import { Tour } from "./tour";
import { travelAtOnce, upgradeAtOnce } from "./wholeRun";

/** What is tried. */
export interface RoundTripSelection {
  /** The revisions to try; what they stand on is applied. */
  readonly revisions: ReadonlySet<string>;
  /** Whether all revisions of the project are run at once, too. */
  readonly isAtOnce: boolean;
  /** An environment or a URL of an empty database that is used instead of one of our own. */
  readonly database: string | undefined;
}

/**
 * Tries each revision on an empty database: up, down and up again, with the schema compared after each step; then all of
 * them at once. Without a database that is named for it, the project's databases are not touched.
 * @throws CommandError `database-not-empty`, `production-database`
 */
export async function roundTrip(
  context: CommandContext,
  graph: RevisionGraph,
  { revisions, isAtOnce, database }: RoundTripSelection,
): Promise<RoundTripResult> {
  const order = revisionsUpTo(graph, isAtOnce ? graph.revisions.map(({ revision }) => revision) : revisions);
  const given = database === undefined ? undefined : await openGivenDatabase(context, database);
  const tour = new Tour(context, graph, given);
  try {
    const outcomes: RoundTripOutcome[] = [];
    for (const revision of order) {
      refuseWhenCancelled(context);
      if (revisions.has(revision.revision)) {
        outcomes.push(await tour.try(revision));
      } else {
        await tour.apply(revision);
      }
    }
    if (!isAtOnce || order.length < 2 || !tour.hasAppliedAll) {
      return { outcomes };
    }
    const hasWayBack = outcomes.length === order.length && outcomes.every(({ kind }) => kind === "passed");
    return {
      outcomes,
      wholeRun: await atOnce(context, graph, { tour, order, tried: revisions, hasWayBack }),
    };
  } finally {
    await tour.leave();
  }
}

interface Toured {
  readonly tour: Tour;
  readonly order: readonly GraphRevision[];
  readonly tried: ReadonlySet<string>;
  readonly hasWayBack: boolean;
}

/** All revisions in one run, as a new database gets them, and those that are tried as a database gets them that has the others. */
async function atOnce(
  context: CommandContext,
  graph: RevisionGraph,
  { tour, order, tried, hasWayBack }: Toured,
): Promise<WholeRunOutcome> {
  const end = hasWayBack ? await tour.end() : undefined;
  const wayBack = end === undefined ? undefined : await travelAtOnce(context, end);
  await tour.leave();
  if (wayBack?.kind === "passed") {
    return wayBack;
  }
  const untouched = order.filter(({ revision }) => !tried.has(revision));
  const isClosed = untouched.every(({ normalizedDownRevisions }) =>
    normalizedDownRevisions.every((id) => !tried.has(id)),
  );
  const starts = isClosed && untouched.length > 0 && tried.size > 0 ? [[], untouched] : [[]];
  for (const start of starts) {
    refuseWhenCancelled(context);
    const outcome = await upgradeAtOnce(context, graph, start);
    if (outcome.kind === "failed") {
      return outcome;
    }
  }
  return wayBack ?? { kind: "passed" };
}

/** These revisions and all that they need, parents first. */
export function revisionsUpTo(graph: RevisionGraph, wanted: Iterable<string>): readonly GraphRevision[] {
  const needed = reachedIds(graph, wanted, (revision) => revision.normalizedDownRevisions);
  return planUpgrade(graph, { databaseHeads: [], target: "heads" })
    .steps.flatMap((step) => step.revision ?? [])
    .filter(({ revision }) => needed.has(revision));
}
