import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { createDateIn, formatCreateDate } from "../project/createDate";
import { formatWithPrettier } from "../project/formatSource";
import { newRevisionPath } from "../project/newRevisionPath";
import { runPostWriteHooks } from "../project/runPostWriteHooks";
import { RevisionError } from "../revision/errors";
import type { RevisionGraph } from "../revision/graph";
import { planNewRevision, requireFreeId, type NewRevision } from "../revision/newRevision";
import { printRevisionFile } from "../source/printRevisionFile";
import type { Command, CommandContext } from "./commandContext";
import { CommandError } from "./commandError";
import type { NewRevisionResult } from "./commandTable";
import { writeNewFile } from "./initProject";
import { readSoundGraph } from "./readingCommands";

/** The version table's column is this wide; a longer id would fail only when it is applied. */
const idLimit = 32;

/** What a new file is to hold beside its place in the graph. */
interface FileRequest {
  readonly message: string;
  readonly versionPath: string | undefined;
  readonly isDryRun: boolean;
  /** Statements of the two functions; left out for functions to be filled in. */
  readonly bodies: { readonly upgrade: string; readonly downgrade: string } | undefined;
}

/**
 * Alembic's `revision`: a new file at the end of the graph, or where `head` says. Everything is checked before
 * the file is written, so that a refused revision leaves nothing behind.
 * @throws RevisionError, CommandError, ScriptDirectoryError
 */
export const revision: Command<"revision"> = async (context, options) => {
  if (options.autogenerate === true) {
    throw new CommandError(
      "autogenerate-missing",
      "Autogenerate is not part of this version.",
      "Leave --autogenerate out and write the operations by hand.",
    );
  }
  const graph = await readSoundGraph(context);
  const planned = planNewRevision(graph, {
    revision: allowedId(graph, options.revisionId ?? context.newRevisionId()),
    ...(options.head === undefined ? {} : { head: options.head }),
    ...(options.splice === undefined ? {} : { splice: options.splice }),
    ...(options.branchLabels === undefined ? {} : { branchLabels: options.branchLabels }),
    ...(options.dependsOn === undefined ? {} : { dependsOn: options.dependsOn }),
  });
  return writeRevisionFile(context, planned, {
    message: options.message,
    versionPath: options.versionPath,
    isDryRun: options.dryRun === true,
    bodies: undefined,
  });
};

/** Alembic's `merge`: a revision with nothing to do that has several parents. */
export const merge: Command<"merge"> = async (context, options) => {
  const graph = await readSoundGraph(context);
  const planned = planNewRevision(graph, {
    revision: allowedId(graph, options.revisionId ?? context.newRevisionId()),
    head: options.revisions,
    ...(options.splice === undefined ? {} : { splice: options.splice }),
    ...(options.branchLabels === undefined ? {} : { branchLabels: options.branchLabels }),
  });
  return writeRevisionFile(context, planned, {
    message: options.message ?? `merge ${planned.downRevisions.join(" and ")}`,
    versionPath: undefined,
    isDryRun: false,
    bodies: { upgrade: "", downgrade: "" },
  });
};

function allowedId(graph: RevisionGraph, id: string): string {
  requireFreeId(graph, id);
  if ([...id].length > idLimit) {
    throw new RevisionError(
      "illegal-id",
      `Revision identifier '${id}' is longer than ${String(idLimit)} characters`,
      {
        hint: "The version table's column is varchar(32): choose a shorter --rev-id.",
      },
    );
  }
  return id;
}

async function writeRevisionFile(
  context: CommandContext,
  planned: NewRevision,
  request: FileRequest,
): Promise<NewRevisionResult> {
  const { graph } = await context.readScripts();
  const instant = context.now();
  const file = newRevisionPath(context.config, {
    revision: planned.revision,
    message: request.message,
    instant,
    versionPath: request.versionPath,
    parentPaths: planned.downRevisions.map((id) => graph.get(id)?.path ?? ""),
  });
  const source = printRevisionFile({
    ...planned,
    message: request.message === "" ? "empty message" : request.message,
    createDate: formatCreateDate(createDateIn(instant, context.config.timezone)),
    ...(request.bodies === undefined
      ? {}
      : { upgradeBody: request.bodies.upgrade, downgradeBody: request.bodies.downgrade }),
  });
  const formatted = await formatWithPrettier(source, file);
  warn(context, formatted.warning);
  if (request.isDryRun) {
    return { revision: planned.revision, path: file, text: formatted.text, isWritten: false };
  }
  await mkdir(path.dirname(file), { recursive: true });
  if (!(await writeNewFile(file, formatted.text))) {
    throw new CommandError(
      "file-exists",
      `File ${file} already exists`,
      "Choose another --rev-id or message.",
    );
  }
  context.report({ kind: "fileWritten", path: file });
  for (const hook of await runPostWriteHooks(context.config.postWriteHooks, file)) {
    warn(context, hook.warning);
  }
  return { revision: planned.revision, path: file, text: formatted.text, isWritten: true };
}

function warn(context: CommandContext, message: string | undefined): void {
  if (message !== undefined) {
    context.report({ kind: "log", level: "warning", message });
  }
}
