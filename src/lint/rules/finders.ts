import type { Flagged, LintStatement, LintSurroundings, Rule } from "../rule";
import { nodeOf, objectNames, tableChanges } from "../syntaxTree";
import type { NodeKind, NodeOf, TableChange } from "../syntaxTree";
import type { ObjectType } from "libpg-query";

type Find = Rule["find"];

/** Looks at statements of one kind. */
export function statementsOf<Kind extends NodeKind>(
  kind: Kind,
  find: (
    node: NodeOf<Kind>,
    around: LintSurroundings,
    statement: LintStatement,
  ) => Flagged | readonly Flagged[] | undefined,
): Find {
  return (statement, around) => {
    const node = nodeOf(statement.node, kind);
    return node === undefined ? [] : listed(find(node, around, statement));
  };
}

/** Looks at each change of an ALTER TABLE whose table is there before the run. */
export function changesOf(
  find: (
    change: TableChange,
    around: LintSurroundings,
    statement: LintStatement,
  ) => Flagged | readonly Flagged[] | undefined,
): Find {
  return (statement, around) =>
    tableChanges(statement.node)
      .filter(({ table }) => !around.isNew(table))
      .flatMap((change) => listed(find(change, around, statement)));
}

/** Looks at what is dropped, if it is of these kinds and is there before the run. */
export function dropsOf(
  types: readonly ObjectType[],
  describe: (name: string, around: LintSurroundings) => string | undefined,
): Find {
  return (statement, around) => {
    const drop = nodeOf(statement.node, "DropStmt");
    return drop?.removeType !== undefined && types.includes(drop.removeType)
      ? objectNames(drop.objects)
          .filter((name) => !around.isNew(name))
          .flatMap((name) => listed(describe(name, around)))
      : [];
  };
}

/**
 * The statements of the transaction that a statement runs in, up to it. One that runs outside of a transaction commits
 * those before it, so their locks are gone.
 */
export function sameTransaction(before: readonly LintStatement[]): readonly LintStatement[] {
  return before.slice(before.findLastIndex(({ isInTransaction }) => !isInTransaction) + 1);
}

/** One after the other. */
export function anyOf(...finds: readonly Find[]): Find {
  return (statement, around) => finds.flatMap((find) => find(statement, around));
}

function listed(found: Flagged | readonly Flagged[] | undefined): readonly Flagged[] {
  return found === undefined ? [] : isOne(found) ? [found] : found;
}

function isOne(found: Flagged | readonly Flagged[]): found is Flagged {
  return typeof found === "string" || "message" in found;
}
