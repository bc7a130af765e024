import { existsSync } from "node:fs";
import { buildGraph, type RevisionGraph } from "../../revision/graph";
import { planStamp } from "../../revision/planStamp";
import type { TypeormMigration } from "../../typeorm/adopt/findMigrations";
import type { Command, CommandContext } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import type { AdoptedMigration, AdoptionStamp, AdoptOptions } from "../../context/adoptCommand";
import { requirePersonInProduction } from "../plan/approval";
import { requireConfirmedAdoption } from "../plan/confirmedPlan";
import { runLive } from "../migrate";
import { readSoundGraph } from "../../context/readGraph";
import { requireTypescriptRevisions, warnOf, writeRevisionToDisk } from "../revisionFile";
import { loadTypeormProject } from "../../run/typeorm/typeormProject";
import { adoptedRevisions } from "../../run/typeorm/adoptedRevisions";
import { draftRevision, type RevisionDraft } from "./draftRevision";
import { planAdoption } from "./planAdoption";
import { planStampOfRan } from "./planStampOfRan";
import { readRanMigrations, type RanAnswer } from "./readRanMigrations";

/**
 * Makes revisions of a project's TypeORM migrations, and stamps a database on which they ran. Everything is checked
 * before the first file is written; TypeORM's own table is only read.
 * @throws EntityError, AdoptionError, CommandError, RevisionError, DatabaseError, LoadError
 */
export const adopt: Command<"adopt"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  requireTypescriptRevisions(context.config, graph);
  const { dataSource, migrations } = await loadTypeormProject(context);
  const known = await adoptedRevisions(graph);
  const drafts = options.stampOnly === true ? [] : await draftAll(context, graph, migrations, known, options);
  const extended = buildGraph([...graph.revisions, ...drafts.map(({ draft }) => draft.record)]);
  const adopted = inOrder(migrations, known, drafts);
  const answer = await askDatabase(context, options, dataSource);
  const targets = answer.kind === "answered" ? planStampOfRan({ graph: extended, adopted, ...answer }) : [];
  let rows: readonly string[] = answer.kind === "answered" ? answer.rows.toSorted() : [];
  if (options.confirmed !== undefined) {
    const database = answer.kind === "answered" ? answer.database : undefined;
    requireConfirmedAdoption(options.confirmed, { database, stamped: targets });
  }
  warnOfTheRest(context, dataSource.options, migrations, adopted, answer);
  if (options.dryRun !== true) {
    if (targets.length > 0) {
      await requirePersonInProduction(context);
    }
    for (const { draft } of drafts) {
      await writeRevisionToDisk(context, draft.record.path, draft.text);
    }
    if (targets.length > 0) {
      const ran = await runLive(
        context,
        (databaseHeads) => planStamp(extended, { databaseHeads, targets }),
        {},
      );
      rows = ran.heads;
    }
  }
  return {
    migrations: migrations.flatMap((migration) => describe(migration, extended, graph, adopted, answer)),
    isWritten: options.dryRun !== true,
    database: answer.kind === "answered" ? answer.database : undefined,
    rows,
    stamp: describeStamp(answer, adopted, targets, options),
  };
};

interface Draft {
  readonly migration: TypeormMigration;
  readonly draft: RevisionDraft;
}

async function draftAll(
  context: CommandContext,
  graph: RevisionGraph,
  migrations: readonly TypeormMigration[],
  known: ReadonlyMap<string, string>,
  options: AdoptOptions,
): Promise<readonly Draft[]> {
  const drafts: Draft[] = [];
  for (const planned of planAdoption(graph, migrations, known, options.head)) {
    const parents = planned.downRevisions.map(
      (id) => graph.get(id)?.path ?? drafts.at(-1)?.draft.record.path ?? "",
    );
    const { versionPath } = options;
    const draft = await draftRevision(context, planned, { versionPath, parentPaths: parents });
    if (existsSync(draft.record.path)) {
      throw new CommandError(
        "file-exists",
        `File ${draft.record.path} already exists`,
        "Nothing was written. Move that file out of the way.",
      );
    }
    drafts.push({ migration: planned.migration, draft });
  }
  return drafts;
}

/** Revision ids by the name of the migration, those of the drafts too. */
function inOrder(
  migrations: readonly TypeormMigration[],
  known: ReadonlyMap<string, string>,
  drafts: readonly Draft[],
): ReadonlyMap<string, string> {
  const drafted = new Map(drafts.map(({ migration, draft }) => [migration.name, draft.record.revision]));
  return new Map(
    migrations.flatMap(({ name }) => {
      const id = known.get(name) ?? drafted.get(name);
      return id === undefined ? [] : [[name, id] as const];
    }),
  );
}

async function askDatabase(
  context: CommandContext,
  options: AdoptOptions,
  dataSource: Parameters<typeof readRanMigrations>[1],
): Promise<RanAnswer> {
  return options.noStamp === true
    ? { kind: "not-asked", reason: "--no-stamp was given" }
    : readRanMigrations(context, dataSource, options.stampOnly === true);
}

function warnOfTheRest(
  context: CommandContext,
  { migrationsRun }: { readonly migrationsRun?: unknown; readonly [option: string]: unknown },
  migrations: readonly TypeormMigration[],
  adopted: ReadonlyMap<string, string>,
  answer: RanAnswer,
): void {
  if (migrationsRun === true) {
    warnOf(
      context,
      "The DataSource runs migrations itself when the application starts (migrationsRun: true). Turn this off, so that they run only with alembic-ts, in the order of the revisions and under its lock.",
    );
  }
  const ran = answer.kind === "answered" ? [...answer.ran] : [];
  const names = new Set(migrations.map(({ name }) => name));
  const gone = ran.filter((name) => !names.has(name));
  if (gone.length > 0) {
    warnOf(context, `These have run on this database and no longer have a class: ${gone.join(", ")}`);
  }
  const left = ran.filter((name) => names.has(name) && !adopted.has(name));
  if (left.length > 0) {
    warnOf(context, `These have run on this database and have no revision yet: ${left.join(", ")}`);
  }
}

function describe(
  { name, file }: TypeormMigration,
  extended: RevisionGraph,
  graph: RevisionGraph,
  adopted: ReadonlyMap<string, string>,
  answer: RanAnswer,
): readonly AdoptedMigration[] {
  const revision = extended.get(adopted.get(name) ?? "");
  if (revision === undefined) {
    return [];
  }
  return [
    {
      migration: name,
      revision: revision.revision,
      message: revision.message,
      source: file,
      path: revision.path,
      isNew: graph.get(revision.revision) === undefined,
      hasRun: answer.kind === "answered" ? answer.ran.has(name) : undefined,
    },
  ];
}

function describeStamp(
  answer: RanAnswer,
  adopted: ReadonlyMap<string, string>,
  targets: readonly string[],
  options: AdoptOptions,
): AdoptionStamp {
  if (answer.kind === "not-asked") {
    return { kind: "not-asked", reason: answer.reason };
  }
  if (targets.length > 0) {
    return { kind: "stamped", revisions: targets, isDone: options.dryRun !== true };
  }
  const hasAnyRun = [...adopted.keys()].some((name) => answer.ran.has(name));
  return { kind: hasAnyRun ? "up-to-date" : "nothing-ran" };
}
