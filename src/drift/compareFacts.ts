import { functionSignature } from "../autogenerate/compare/schemaObject";
import type { DriftDifference } from "../context/driftCommand";
import type { ColumnModel } from "../schema/model/columnModel";
import type { QualifiedName } from "../schema/model/tableModel";
import { keyOf, reported } from "./describe";
import type { DriftSide } from "./readSide";
import type { WordlessFact } from "./wordlessFacts";

export interface FactOptions {
  /** Whether the expected side is an embedded database, whose owners are its own. */
  readonly isReplayed: boolean;
  /** Whether a table or view is compared at all. */
  readonly isCompared: (schema: string, name: string) => boolean;
}

/** PostgreSQL 17 brought a privilege that `GRANT ALL` gives. */
const firstWithMaintain = 170_000;

/** What differs between the catalogs and no operation has words for. Of what only one side has, there is nothing more to say. */
export function factDifferences(
  actual: DriftSide,
  expected: DriftSide,
  { isReplayed, isCompared }: FactOptions,
): readonly DriftDifference[] {
  const hasMaintain = [actual, expected].every(({ model }) => model.serverVersion >= firstWithMaintain);
  const [before, after] = [actual, expected].map((side) => keyed(side.facts, hasMaintain));
  const objects = [actual, expected].map(objectsOf);
  const unseen = new Set([...actual.unseen, ...expected.unseen]);
  const isOfBoth = (fact: WordlessFact): boolean =>
    keysOf(fact).every((key) => objects.every((keys) => keys.has(key)));
  return [...new Map([...(after ?? []), ...(before ?? [])])].flatMap(([key, fact]) => {
    const values = [before?.get(key)?.value, after?.get(key)?.value] as const;
    const isReported =
      values[0] !== values[1] &&
      !unseen.has(fact.source) &&
      isOfBoth(fact) &&
      isCompared(fact.schema, fact.table ?? fact.name) &&
      (fact.kind !== "owner" || (isReplayed && isOwnerSaid(values[1], expected.user)));
    const { defaultSchema } = expected.model;
    return isReported ? [reported(fact, values, { defaultSchema, isFixed: false })] : [];
  });
}

/** Who migrates owns what he makes, whatever he is called; another owner is one that a revision named. */
function isOwnerSaid(owner: string | undefined, user: string): boolean {
  return owner !== undefined && owner !== user;
}

function keyed(facts: readonly WordlessFact[], hasMaintain: boolean): ReadonlyMap<string, WordlessFact> {
  const comparable = facts.map((fact) =>
    hasMaintain || !fact.kind.endsWith("privileges")
      ? fact
      : {
          ...fact,
          value: fact.value
            .split(", ")
            .filter((each) => !each.startsWith("MAINTAIN"))
            .join(", "),
        },
  );
  return new Map(comparable.filter(({ value }) => value !== "").map((fact) => [keyOf(fact), fact]));
}

/** Facts of something that models know too, or of its part; of anything else the fact itself says whether it is there. */
const factsOfKnown = new Set([
  "owner",
  "privileges",
  "column privileges",
  "function privileges",
  "type privileges",
  "table storage",
  "column storage",
  "index state",
  "constraint triggers",
  "partition",
  "rule",
]);

/** What both sides must have, or the fact is told with what is missing. */
function keysOf({ kind, schema, table, name }: WordlessFact): readonly string[] {
  const column = columnOf(kind, name);
  return [
    ...(!factsOfKnown.has(kind) ? [] : [JSON.stringify([schema, table ?? name])]),
    ...(column === undefined ? [] : [JSON.stringify([schema, table, column])]),
  ];
}

/** The column that a fact is about, if it is about one. */
function columnOf(kind: string, name: string): string | undefined {
  switch (kind) {
    case "column storage":
      return name;
    case "column privileges":
      return name.slice(0, name.lastIndexOf(" to "));
    default:
      return undefined;
  }
}

/** Keys of all on one side that facts are about, columns among them. */
function objectsOf({ model, facts }: DriftSide): ReadonlySet<string> {
  const { tables, views, sequences, enums, domains, compositeTypes, functions } = model;
  const wholes = facts.filter(({ kind }) => !factsOfKnown.has(kind));
  return new Set([
    ...wholes.map(({ schema, name }) => JSON.stringify([schema, name])),
    ...[tables, views, sequences, enums, domains, compositeTypes].flatMap((objects) =>
      objects.map(({ schema, name }) => JSON.stringify([schema, name])),
    ),
    ...functions.map((model) => JSON.stringify([model.schema, functionSignature(model)])),
    ...tables.flatMap(({ schema, name, columns }) =>
      columns.flatMap((column) => [
        JSON.stringify([schema, name, column.name]),
        ...sequencesOf(column).map((sequence) => JSON.stringify([sequence.schema, sequence.name])),
      ]),
    ),
  ]);
}

function sequencesOf({ generation }: ColumnModel): readonly QualifiedName[] {
  return generation === undefined || generation.kind === "generated" ? [] : [generation.sequence];
}
