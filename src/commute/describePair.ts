import type { PairVerdict, RefusedOrder } from "../context/commuteOutcome";

/** Why two branches can't be applied in either order, a line each; nothing where they can. */
export function describeVerdict(verdict: PairVerdict): readonly string[] {
  switch (verdict.kind) {
    case "commutes":
      return [];
    case "differs": {
      const [left, right] = verdict.revisions;
      return [
        `${left} and ${right} do not commute. If ${right} runs before ${left}, the schema differs:`,
        ...verdict.changes.map(({ text }) => text),
      ];
    }
    case "refused":
      return verdict.orders.flatMap(describeRefusal);
  }
}

function describeRefusal({ revision, after, failure }: RefusedOrder): readonly string[] {
  return [
    after === undefined
      ? `${revision} can't be applied, even without the other branch:`
      : `${after} and ${revision} do not commute. PostgreSQL refuses ${revision} after ${after}:`,
    failure.message,
    ...(failure.sql === undefined ? [] : [`SQL: ${failure.sql}`]),
  ];
}
