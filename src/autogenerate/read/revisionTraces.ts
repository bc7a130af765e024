import type { CommandContext } from "../../context/commandContext";
import type { ProjectConfig } from "../../project/projectConfig";
import type { LoadingSubject } from "../../project/memory/loadingMemory";
import type { RevisionGraph } from "../../revision/graph";
import { planUpgrade } from "../../revision/planUpgrade";
import { globsOfProject } from "../../run/typeorm/typeormProject";
import { tableOrigins, type TableOrigins } from "../propose/tableOrigins";
import { madeNames, type MadeNames } from "./madeByRevisions";
import { revisionStatements } from "./revisionStatements";

/** What the statements of all revisions leave behind. */
export interface RevisionTraces {
  readonly names: MadeNames;
  readonly origins: TableOrigins;
}

/** The same as JSON can hold it: names, and nothing of the statements' values. */
interface PlainTraces {
  readonly parts: readonly (readonly [table: string, names: readonly string[]])[];
  readonly copies: readonly string[];
  readonly indexes: readonly string[];
  readonly others: readonly string[];
  readonly origins: readonly (readonly [table: string, origins: readonly PlainOrigin[]])[];
  readonly isPathChanged: boolean;
}

interface PlainOrigin {
  readonly schema: string | null;
  readonly revision: string;
  readonly isAdopted: boolean;
}

/** What has been run in this process before, and the schemas that the project names. */
export interface TracesOptions {
  readonly isReplayed: boolean;
  readonly schemas: readonly string[];
}

/**
 * What the upgrades of all revisions make: as it is remembered where nothing has changed of what they depend on, else by
 * running them without a database.
 */
export async function revisionTraces(
  context: CommandContext,
  graph: RevisionGraph,
  { isReplayed, schemas }: TracesOptions,
): Promise<RevisionTraces> {
  const { loadingMemory } = context;
  const subject = subjectOf(context, graph, isReplayed);
  const remembered = loadingMemory?.recall(subject) as PlainTraces | undefined;
  if (remembered !== undefined) {
    return fromPlain(remembered);
  }
  let areAllLoaded = true;
  const revisions = await revisionStatements(
    {
      ...context,
      loadRevisionModule: (path) =>
        context.loadRevisionModule(path).catch((error: unknown) => {
          areAllLoaded = false;
          throw error;
        }),
    },
    graph,
  );
  const traces: RevisionTraces = { names: madeNames(revisions), origins: tableOrigins(revisions) };
  const globs = areAllLoaded && loadingMemory !== undefined ? await globsOfProject(context) : undefined;
  if (globs !== undefined) {
    const files = graph.revisions.map(({ path }) => path).filter((path) => path !== "");
    loadingMemory?.remember(subject, toPlain(traces), { globs, files, names: schemas });
  }
  return traces;
}

function subjectOf(
  { config, xArguments }: CommandContext,
  graph: RevisionGraph,
  isReplayed: boolean,
): LoadingSubject {
  const { steps } = planUpgrade(graph, { databaseHeads: [], target: "heads" });
  return {
    kind: "revisions",
    given: [
      textOf(config),
      textOf(xArguments),
      String(isReplayed),
      ...steps.flatMap(({ revision }) => [revision?.revision ?? "", revision?.path ?? ""]),
    ],
  };
}

/** All that a configuration says; what its functions do is decided by its files. */
function textOf(given: ProjectConfig | ReadonlyMap<string, string>): string {
  return JSON.stringify(given, (_key, value: unknown) => {
    if (typeof value === "function" || value instanceof RegExp || value instanceof Error) {
      return String(value);
    }
    return value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value;
  });
}

function toPlain({ names, origins }: RevisionTraces): PlainTraces {
  return {
    parts: [...names.parts],
    copies: [...names.copies],
    indexes: [...names.indexes],
    others: [...names.others],
    origins: [...origins.origins].map(([table, found]) => [
      table,
      found.map(({ schema, ...origin }) => ({ ...origin, schema: schema ?? null })),
    ]),
    isPathChanged: origins.isPathChanged,
  };
}

function fromPlain({ isPathChanged, ...plain }: PlainTraces): RevisionTraces {
  return {
    names: {
      parts: new Map(plain.parts),
      copies: new Set(plain.copies),
      indexes: new Set(plain.indexes),
      others: new Set(plain.others),
    },
    origins: {
      origins: new Map(
        plain.origins.map(([table, found]) => [
          table,
          found.map(({ schema, ...origin }) => ({ ...origin, schema: schema ?? undefined })),
        ]),
      ),
      isPathChanged,
    },
  };
}
