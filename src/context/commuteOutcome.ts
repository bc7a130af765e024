import type { RoundTripFailure, SchemaChange } from "./roundTripOutcome";

/** What a database says of a revision that runs after those of another branch. */
export interface RefusedOrder {
  /** The revision that is refused. */
  readonly revision: string;
  /** The revision of the other branch after which it is refused; undefined where it is refused without that branch, too. */
  readonly after: string | undefined;
  readonly failure: RoundTripFailure;
}

/** Whether two branches can be applied in either order. */
export type PairVerdict =
  | { readonly kind: "commutes" }
  /** Each order can be applied, but the schemas differ. */
  | {
      readonly kind: "differs";
      /** The first revisions, one of each branch, with which it is so. */
      readonly revisions: readonly [left: string, right: string];
      /** The schema of the second order, compared with that of the first: left, then right. */
      readonly changes: readonly SchemaChange[];
    }
  /** One order can't be applied, or neither can. */
  | { readonly kind: "refused"; readonly orders: readonly RefusedOrder[] };

/** What became of a pair of heads. */
export type PairOutcome = PairVerdict & {
  readonly heads: readonly [left: string, right: string];
  /** Revisions that change rows, which are not compared. */
  readonly dataSteps: readonly string[];
};
