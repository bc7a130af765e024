import type { CompareOptions } from "../compare/compareOptions";
import { originalKey } from "../compare/comparison";
import type { SchemaComparison } from "../compare/compareSchemas";
import { answerName } from "../compare/renameAnswer";
import type { ObjectIdentity } from "../compare/schemaObject";
import type { CommandContext, DropChoice } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import {
  askedComparison,
  type AskedComparison,
  type ComparedModels,
  type RenameAnswers,
} from "./askedComparison";
import { describeObject } from "./driftRemarks";
import type { Ownership } from "./ownership";

export interface DropAnswers {
  /** What to drop: `users`, `audit.users`, `media.duration`, `view active_users`. */
  readonly drops: readonly string[];
  readonly keeps: readonly string[];
  /** What earlier revisions say is left alone, as `describeObject` gives it. */
  readonly remarked: ReadonlySet<string>;
}

export interface DecidedComparison extends AskedComparison {
  readonly undecided: readonly DropChoice[];
}

export interface DecidedRequest {
  readonly models: ComparedModels;
  readonly filters: CompareOptions;
  readonly ownership: Ownership;
  readonly renames: RenameAnswers;
  readonly answers: DropAnswers;
  /** Called before anything is asked; throws where nothing may be dropped. */
  readonly requireCertain: (comparison: SchemaComparison, undecided: readonly DropChoice[]) => void;
}

/**
 * Compares with the answers about what only the database has, and asks for those that are missing where somebody can
 * be asked.
 * @throws CommandError `unknown-drop`, `unknown-rename`
 */
export async function decidedComparison(
  context: Pick<CommandContext, "askRename" | "askDrop">,
  request: DecidedRequest,
): Promise<DecidedComparison> {
  const { models, ownership, answers } = request;
  const dropped = new Set<string>();
  const left = new Set<string>();
  let renames = request.renames;
  for (let isFirst = true; ; isFirst = false) {
    const filters = { ...request.filters, ...ownership.filters({ dropped, left }) };
    const asked = await askedComparison(context, models, filters, renames);
    renames = asked;
    const keyOf = (object: ObjectIdentity): string => originalKey(object, asked.comparison.renames);
    if (isFirst) {
      const candidates = onlyInDatabase(asked.comparison);
      const keys = (names: readonly string[]): readonly string[] =>
        names.flatMap((name) => matching(candidates, name, models.before.defaultSchema).map(keyOf));
      keys(answers.drops).forEach((key) => dropped.add(key));
      keys(answers.keeps).forEach((key) => left.add(key));
      undecidedObjects(asked.comparison)
        .filter((object) => answers.remarked.has(describeObject(object)) && !dropped.has(keyOf(object)))
        .forEach((object) => left.add(keyOf(object)));
      if (dropped.size + left.size > 0) {
        continue;
      }
    }
    const objects = undecidedObjects(asked.comparison);
    const undecided = objects.map((object) => describe(object, request));
    request.requireCertain(asked.comparison, undecided);
    const [object] = objects;
    const [choice] = undecided;
    if (object === undefined || choice === undefined || context.askDrop === undefined) {
      return { ...asked, undecided };
    }
    ((await context.askDrop(choice)) ? dropped : left).add(keyOf(object));
  }
}

function undecidedObjects({ drift }: SchemaComparison): readonly ObjectIdentity[] {
  return drift.filter(({ reason }) => reason === "undecided").map(({ object }) => object);
}

function describe(object: ObjectIdentity, { models, ownership }: DecidedRequest): DropChoice {
  const { schema, table, name } = object;
  return {
    kind: object.kind === "column" ? "column" : "table",
    name: pathOf(object, models.before.defaultSchema),
    revision: ownership.originOf({ schema, name: table ?? name }),
  };
}

/** What only the database has: left alone, or about to go. */
function onlyInDatabase({ drift, differences }: SchemaComparison): readonly ObjectIdentity[] {
  const removed = differences.flatMap((difference): readonly ObjectIdentity[] => {
    if (!("before" in difference) || difference.before === undefined || difference.after !== undefined) {
      return [];
    }
    switch (difference.kind) {
      case "column":
      case "constraint":
      case "index": {
        const { schema, name: table } = difference.table;
        return [{ kind: difference.kind, schema, table, name: difference.before.name }];
      }
      case "enum": {
        const { schema, name } = difference.before;
        return [{ kind: "enum", schema, table: undefined, name }];
      }
      default:
        return [];
    }
  });
  return [...drift.map(({ object }) => object), ...removed];
}

const ranks: readonly ObjectIdentity["kind"][] = ["table", "view", "column"];

/** A name means a table before a view, and a column before what else has its name; `index users.ix` says it. */
function matching(
  candidates: readonly ObjectIdentity[],
  name: string,
  defaultSchema: string,
): readonly ObjectIdentity[] {
  const found = candidates.filter((object) => {
    const path = pathOf(object, defaultSchema);
    return [path, `${object.kind} ${path}`, describeObject(object)].includes(name.trim());
  });
  const [first] = [...ranks, ...found.map(({ kind }) => kind)].filter((kind) =>
    found.some((object) => object.kind === kind),
  );
  if (first === undefined) {
    throw new CommandError(
      "unknown-drop",
      `Nothing that exists only in the database is named ${name}.`,
      "Name a table as users, a column as users.name, anything else with its kind: view active_users.",
    );
  }
  return found.filter(({ kind }) => kind === first);
}

function pathOf({ schema, table, name }: ObjectIdentity, defaultSchema: string): string {
  return table === undefined
    ? answerName(defaultSchema, { schema, name })
    : answerName(defaultSchema, { schema, name: table }, name);
}
