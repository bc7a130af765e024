import { rm } from "node:fs/promises";
import { withRemarks } from "../../autogenerate/propose/printBody";
import { allRemarks } from "../../autogenerate/read/driftRemarks";
import type { Command, CommandContext } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import { readSoundGraph } from "../../context/readGraph";
import type { SquashResult } from "../../context/squashCommand";
import { createDateIn, formatCreateDate } from "../../project/createDate";
import { formatWithPrettier } from "../../project/formatSource";
import { newRevisionPath } from "../../project/newRevisionPath";
import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import { squashRange, type SquashRange } from "../../revision/squashRange";
import { rethrowCancellation } from "../../roundTrip/cancellation";
import { revisionsUpTo } from "../../roundTrip/roundTrip";
import { printRevisionFile } from "../../source/printRevisionFile";
import { requireReadFolder, requireTypescriptRevisions, warnOf, writeRevisionToDisk } from "../revisionFile";
import { requireAccepted } from "./dataSteps";
import { readFileStates, requireSameFiles, type FileStates } from "./fileStates";
import { proveSquash, type SquashDraft } from "./proveSquash";
import { recordRange, type RecordedRange } from "./recordRange";
import { squashBodies, type SquashBodies } from "./squashBodies";

/**
 * Writes one revision that makes what several make, with the id of the last of them. Before, it is run beside them on scratch
 * databases: both must lead to the same schema, up and down. The old files stay.
 * @throws RevisionError `invalid-range`; CommandError `data-steps`, `squash-differs`; MigrationError where a revision of the
 * range can't be applied
 */
export const squash: Command<"squash"> = async (context, options) => {
  const before = await readFileStates(context);
  const graph = await readSoundGraph(context);
  const range = squashRange(graph, options.range);
  requireTypescript(context, graph, range);
  const order = revisionsUpTo(graph, [range.last.revision]);
  const ids = new Set(range.members.map(({ revision }) => revision));
  const members = order.filter(({ revision }) => ids.has(revision));
  const shared = revisionsUpTo(graph, [...range.downRevisions, ...range.dependsOn]);
  context.report({
    kind: "waiting",
    reason: `running ${String(members.length)} revisions on a scratch database`,
  });
  const recorded = await recordRange(context, graph, { shared, order: members });
  await requireAccepted(context, recorded.dataSteps, options.acceptDataSteps === true);
  const message = options.message ?? `squash ${String(members[0]?.revision)} to ${range.last.revision}`;
  const { draft, bodies } = await provenDraft(context, graph, { range, shared, recorded, message });
  const { path } = draft.record;
  if (options.dryRun !== true) {
    await writeUnlessChanged(context, before, path, draft.text);
  }
  return {
    revision: range.last.revision,
    path,
    text: draft.text,
    isWritten: options.dryRun !== true,
    replaces: range.replaces,
    form: bodies.form,
    dataSteps: recorded.dataSteps,
    irreversible: recorded.wayBack.kind === "irreversible" ? recorded.wayBack.revision : undefined,
  } satisfies SquashResult;
};

/** Of two commands that squash the same at the same time, one at most writes. */
async function writeUnlessChanged(
  context: CommandContext,
  before: FileStates,
  path: string,
  text: string,
): Promise<void> {
  await requireSameFiles(context, before);
  await writeRevisionToDisk(context, path, text);
  try {
    await requireSameFiles(context, before, path);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function requireTypescript(context: CommandContext, graph: RevisionGraph, { members }: SquashRange): void {
  requireTypescriptRevisions(context.config, graph);
  const python = members.find(({ path }) => path.endsWith(".py"));
  if (python !== undefined) {
    throw new CommandError(
      "python-project",
      `Revision ${python.revision} is a Python file, which can't be squashed: ${python.path}`,
      "Convert the Python revisions with `alembic-ts convert --replace` first.",
    );
  }
}

interface DraftRequest {
  readonly range: SquashRange;
  readonly shared: readonly GraphRevision[];
  readonly recorded: RecordedRange;
  readonly message: string;
}

/** The first of the possible files that is proven. */
async function provenDraft(
  context: CommandContext,
  graph: RevisionGraph,
  request: DraftRequest,
): Promise<{ readonly draft: SquashDraft; readonly bodies: SquashBodies }> {
  let differences: readonly string[] = [];
  let failure: unknown;
  for (const bodies of squashBodies(request.recorded, context.config.namingConvention)) {
    const draft = await draftOf(context, request, bodies);
    context.report({
      kind: "waiting",
      reason: "comparing the squashed revision with those that it replaces",
    });
    try {
      differences = await proveSquash(context, graph, request.shared, draft, request.recorded);
      failure = undefined;
    } catch (error) {
      rethrowCancellation(context, error);
      failure = error;
      continue;
    }
    if (differences.length === 0) {
      return { draft, bodies };
    }
  }
  const why = failure instanceof Error ? [failure.message] : differences;
  throw new CommandError(
    "squash-differs",
    `One revision can't make what these make. Nothing was written.\n${why.map((line) => `  ${line}`).join("\n")}`,
    "Squash a shorter range, which ends before the revision that is named.",
  );
}

async function draftOf(
  context: CommandContext,
  { range, message }: DraftRequest,
  bodies: SquashBodies,
): Promise<SquashDraft> {
  const { last, downRevisions, branchLabels, dependsOn, replaces } = range;
  const instant = context.now();
  const path = newRevisionPath(context.config, {
    revision: last.revision,
    message,
    instant,
    parentPaths: [last.path],
  });
  requireReadFolder(context.config, path);
  const header = { revision: last.revision, downRevisions, branchLabels, dependsOn, replaces, message };
  const formatted = await formatWithPrettier(
    printRevisionFile({
      ...header,
      createDate: formatCreateDate(createDateIn(instant, context.config.timezone)),
      upgradeBody: withRemarks(allRemarks(range.members), bodies.upgrade),
      downgradeBody: bodies.downgrade,
    }),
    path,
  );
  warnOf(context, formatted.warning);
  return { record: { ...header, doc: message, path }, text: formatted.text };
}
