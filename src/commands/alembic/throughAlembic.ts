import { readSoundGraph } from "../../context/readGraph";
import type { Command, CommandContext } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import type {
  CommandName,
  CommandTable,
  ConfirmedPlan,
  MigrationRunResult,
  UpgradeOptions,
} from "../../context/commandTable";
import { summariseStep } from "../../run/planRun";
import { currentRevisions } from "../../revision/current";
import type { RevisionGraph } from "../../revision/graph";
import { impliedRevisions } from "../../revision/lineage";
import type { MigrationPlan } from "../../revision/plan";
import { planDowngrade } from "../../revision/planDowngrade";
import { planStamp } from "../../revision/planStamp";
import { planUpgrade } from "../../revision/planUpgrade";
import { parseRelative } from "../../revision/symbols";
import { uncertainRevisions } from "../../revision/uncertainRevisions";
import { fromRows } from "../../revision/unknownRow";
import { identifyPlan, requireConfirmed } from "../plan/confirmedPlan";
import { isPythonProject } from "../pythonRevision";
import { AlembicError } from "./alembicError";
import { openAlembic, type AlembicProject } from "./alembicProject";

type Served = "upgrade" | "downgrade" | "stamp" | "status" | "current" | "ensureVersion";

const served: { readonly [Name in Served]: Command<Name> } = {
  upgrade: (context, options) => migrate(context, options, "upgrade"),
  downgrade: (context, options) => migrate(context, options, "downgrade"),
  stamp: async (context, options) => {
    const { targets, purge = false } = options;
    const flags = purge ? ["--purge"] : [];
    return options.sql === true
      ? script(context, ["stamp", "--sql", ...targets])
      : run(context, {
          args: ["stamp", ...flags, ...targets.map(requireWord)],
          planOf: (graph, databaseHeads) => planStamp(graph, { databaseHeads, targets, purge }),
          options,
        });
  },
  status: async (context) => {
    const { graph } = await context.readScripts();
    const alembic = await openAlembic(context);
    const rows = await alembic.readRows(graph);
    const applied = impliedRevisions(graph, rows);
    const uncertain = uncertainRevisions(graph, rows, applied);
    const ids = graph.revisions.map(({ revision }) => revision);
    return {
      database: alembic.database,
      rows,
      applied: ids.filter((id) => applied.has(id)),
      pending: ids.filter((id) => !applied.has(id) && !uncertain.has(id)),
      uncertain: ids.filter((id) => uncertain.has(id)),
      unknownRows: rows.filter((row) => graph.get(row) === undefined),
    };
  },
  current: async (context, { checkHeads }) => {
    const { graph } = await context.readScripts();
    const alembic = await openAlembic(context);
    const rows = await alembic.readRows(graph);
    const revisions = currentRevisions(graph, rows);
    const reached = new Set([...rows, ...revisions.map(({ revision }) => revision.revision)]);
    if (checkHeads === true && !graph.heads.every((head) => reached.has(head))) {
      throw new CommandError(
        "not-at-head",
        "Database is not on all head revisions",
        "Run `alembic upgrade heads`.",
      );
    }
    return { database: alembic.database, rows, revisions };
  },
  ensureVersion: async (context, options) => {
    const alembic = await openAlembic(context);
    const text = await alembic.run(["ensure_version", ...(options.sql === true ? ["--sql"] : [])]);
    return options.sql === true
      ? { kind: "sql", text }
      : {
          kind: "ensured",
          database: alembic.database,
          versionTable: context.config.versionTable,
          isCreated: undefined,
        };
  },
};

/**
 * Runs a command of a Python project through the project's own Alembic. Undefined: the project is none, or the command
 * needs no database.
 * @throws AlembicError
 */
export async function throughAlembic<Name extends CommandName>(
  name: Name,
  context: CommandContext,
  options: CommandTable[Name]["options"],
): Promise<CommandTable[Name]["result"] | undefined> {
  if (context.alembic === undefined || !Object.hasOwn(served, name)) {
    return undefined;
  }
  const { graph } = await context.readScripts();
  if (!isPythonProject(context.config, graph)) {
    return undefined;
  }
  const command = (served as unknown as Readonly<Record<CommandName, Command<Name>>>)[name];
  return command(context, options);
}

async function migrate(
  context: CommandContext,
  options: UpgradeOptions,
  direction: "upgrade" | "downgrade",
): Promise<MigrationRunResult> {
  const { target } = options;
  if (options.sql === true) {
    requireOneStart(target);
    return script(context, [direction, "--sql", ...tagOf(options), requireWord(target)]);
  }
  const plan = direction === "upgrade" ? planUpgrade : planDowngrade;
  return run(context, {
    args: [direction, ...tagOf(options), requireWord(target)],
    planOf: (graph, databaseHeads) => {
      if (direction === "downgrade") {
        requireClear(graph, databaseHeads, target);
      }
      return plan(graph, { databaseHeads, target });
    },
    options,
  });
}

function tagOf({ tag }: UpgradeOptions): readonly string[] {
  return tag === undefined ? [] : [`--tag=${tag}`];
}

/** A word that Alembic would take for an option is none of its targets. */
function requireWord(target: string): string {
  if (/^-(?!\d+$)/.test(target)) {
    throw new AlembicError("alembic-refused", `${target} names no revision.`, {
      hint: "Write a revision ID, a label, head, heads, base, or a number of steps such as -1.",
    });
  }
  return target;
}

function requireOneStart(target: string): void {
  if (target.includes(",")) {
    throw new AlembicError(
      "alembic-refused",
      "Alembic cannot write the SQL of a merge revision alone, because a script starts at one revision.",
      { hint: "Preview the SQL of a range that starts below the branches." },
    );
  }
}

/** With several rows, which one a downgrade by steps goes back from is decided by the order in which the database gives them. */
function requireClear(graph: RevisionGraph, rows: readonly string[], target: string): void {
  const steps = parseRelative(target, (name) => graph.get(name) !== undefined);
  if (rows.length > 1 && steps?.symbol === undefined && steps?.branch === undefined && steps !== undefined) {
    throw new AlembicError(
      "alembic-refused",
      `The database is at ${rows.join(", ")}, so ${target} does not say which of them is reverted.`,
      { hint: "Downgrade to before a revision, or write the branch: label@-1." },
    );
  }
}

async function script(context: CommandContext, args: readonly string[]): Promise<MigrationRunResult> {
  const alembic = await openAlembic(context);
  return { kind: "sql", text: await alembic.run(args) };
}

interface Change {
  readonly args: readonly string[];
  readonly planOf: (graph: RevisionGraph, rows: readonly string[]) => MigrationPlan;
  readonly options: { readonly plan?: boolean | "approval"; readonly confirmed?: ConfirmedPlan };
}

/**
 * Asks Alembic where the database is, plans by the files as they are read here, and has Alembic run its command; then asks
 * again, for only Alembic knows what its `env.py` did.
 */
async function run(context: CommandContext, { args, planOf, options }: Change): Promise<MigrationRunResult> {
  const graph = await readSoundGraph(context);
  const alembic = await openAlembic(context);
  const { database } = alembic;
  const rows = await alembic.readRows(graph);
  const plan = fromRows(graph, rows, () => planOf(graph, rows));
  const planned = identifyPlan({ database, versionTable: context.config.versionTable, rows }, plan);
  if (options.plan !== undefined && options.plan !== false) {
    return { kind: "plan", ...planned, heads: plan.finalHeads };
  }
  if (options.confirmed !== undefined) {
    requireConfirmed(options.confirmed, planned);
  }
  await alembic.run(args, plan.steps.map(summariseStep));
  return ran(alembic, graph, plan);
}

async function ran(
  alembic: AlembicProject,
  graph: RevisionGraph,
  plan: MigrationPlan,
): Promise<MigrationRunResult> {
  const heads = await alembic.readRows(graph);
  return { kind: "ran", database: alembic.database, steps: plan.steps.map(summariseStep), heads };
}
