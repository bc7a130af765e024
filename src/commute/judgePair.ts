import type { PairVerdict, RefusedOrder } from "../context/commuteOutcome";
import type { SchemaChange } from "../context/roundTripOutcome";
import type { GraphRevision } from "../revision/graph";
import type { BranchPair } from "../revision/branchPairs";
import { schemaChanges } from "../roundTrip/schemaChanges";
import type { Attempt, BranchOrder } from "./branchGround";
import { firstThat } from "./firstThat";

/** Runs two branches, in this order, on a database that has what both share. */
export type Try = (order: BranchOrder) => Promise<Attempt>;

/** A verdict, with the revisions that were seen to change rows. */
export interface Judgement {
  readonly verdict: PairVerdict;
  readonly dataSteps: readonly string[];
}

type Sides = Pick<BranchPair, "left" | "right">;
type Refused = Extract<Attempt, { readonly kind: "refused" }>;

/** Runs one branch after the other. */
type RunBoth = (first: readonly GraphRevision[], second: readonly GraphRevision[]) => Promise<Attempt>;

/**
 * Runs two branches in both orders and compares what they make. Where one of them leaves settings, the other one is also run in a
 * session of its own.
 */
export async function judgePair(sides: Sides, attempt: Try): Promise<Judgement> {
  const inOneSession = await judgeIn(sides, (first, second) => attempt({ first, second, sessions: "one" }));
  return inOneSession.verdict.kind === "commutes" && inOneSession.isSessionChanged
    ? judgeIn(sides, (first, second) => attempt({ first, second, sessions: "two" }))
    : inOneSession;
}

async function judgeIn(
  { left, right }: Sides,
  attempt: RunBoth,
): Promise<Judgement & { readonly isSessionChanged: boolean }> {
  const first = await attempt(left, right);
  const second = await attempt(right, left);
  if (first.kind === "done" && second.kind === "done") {
    const { dataSteps } = first;
    const changes = changesBetween(first, second);
    const isSessionChanged = first.isSessionChanged || second.isSessionChanged;
    return changes.length === 0
      ? { verdict: { kind: "commutes" }, dataSteps, isSessionChanged }
      : { verdict: await narrowDifference({ left, right }, changes, attempt), dataSteps, isSessionChanged };
  }
  const orders = [
    ...(first.kind === "refused" ? [await narrowRefusal(left, right, first, attempt)] : []),
    ...(second.kind === "refused" ? [await narrowRefusal(right, left, second, attempt)] : []),
  ];
  return {
    verdict: { kind: "refused", orders: withoutRepeats(orders) },
    dataSteps: [],
    isSessionChanged: false,
  };
}

function changesBetween(first: Attempt, second: Attempt): readonly SchemaChange[] {
  return first.kind === "done" && second.kind === "done"
    ? // Whichever branch comes first has its columns first: that is no difference.
      schemaChanges(first.objects, second.objects, {
        isSameDatabase: false,
        isSpellingFree: false,
        isVerbatim: true,
      })
    : [];
}

/** Finds the first revision of each branch with which the orders differ. */
async function narrowDifference(
  { left, right }: Sides,
  found: readonly SchemaChange[],
  attempt: RunBoth,
): Promise<PairVerdict> {
  let changes = found;
  const differ = async (
    some: readonly GraphRevision[],
    others: readonly GraphRevision[],
  ): Promise<boolean> => {
    const first = await attempt(some, others);
    const second = await attempt(others, some);
    const between = changesBetween(first, second);
    changes = between.length > 0 ? between : changes;
    return between.length > 0 || first.kind === "refused" || second.kind === "refused";
  };
  const ofLeft = await firstThat(left, (some) => differ(some, right));
  const upTo = left.slice(0, left.indexOf(ofLeft) + 1);
  const ofRight = await firstThat(right, (some) => differ(upTo, some));
  return { kind: "differs", revisions: [ofLeft.revision, ofRight.revision], changes };
}

/** Finds the revision of the first branch after which one of the second is refused. */
async function narrowRefusal(
  first: readonly GraphRevision[],
  second: readonly GraphRevision[],
  { revision, failure }: Refused,
  attempt: RunBoth,
): Promise<RefusedOrder> {
  const refusedAt = second.findIndex((candidate) => candidate.revision === revision);
  if (refusedAt < 0) {
    return { revision, after: undefined, failure };
  }
  const upTo = second.slice(0, refusedAt + 1);
  const isRefused = async (before: readonly GraphRevision[]): Promise<boolean> =>
    (await attempt(before, upTo)).kind === "refused";
  if (await isRefused([])) {
    return { revision, after: undefined, failure };
  }
  return { revision, after: (await firstThat(first, isRefused)).revision, failure };
}

/** A branch that can't be applied by itself is refused in either order. */
function withoutRepeats(orders: readonly RefusedOrder[]): readonly RefusedOrder[] {
  return orders.filter(
    ({ revision, after }, index) =>
      after !== undefined || orders.findIndex((other) => other.revision === revision) === index,
  );
}
