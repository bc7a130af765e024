import { relative } from "node:path";
import { createDateIn, formatCreateDate } from "../../project/createDate";
import { formatWithPrettier } from "../../project/formatSource";
import { newRevisionPath } from "../../project/newRevisionPath";
import type { Revision } from "../../revision/revision";
import { printRevisionFile } from "../../source/printRevisionFile";
import { quoteScriptString } from "../../source/quoteString";
import type { CommandContext } from "../../context/commandContext";
import { requireReadFolder, warnOf } from "../revisionFile";
import type { NewAdoption } from "./planAdoption";

/** A revision file that is not written yet. */
export interface RevisionDraft {
  readonly record: Revision;
  readonly text: string;
}

/** The file of an adopted migration: its name and its date are the migration's, and its functions run the class. */
export async function draftRevision(
  context: CommandContext,
  { migration, revision, downRevisions }: NewAdoption,
  {
    versionPath,
    parentPaths,
  }: { readonly versionPath: string | undefined; readonly parentPaths: readonly string[] },
): Promise<RevisionDraft> {
  const { config } = context;
  const instant = new Date(migration.timestamp);
  const message = migration.words === "" ? migration.name : migration.words;
  const path = newRevisionPath(config, { revision, message, instant, versionPath, parentPaths });
  requireReadFolder(config, path);
  const header = { revision, downRevisions, branchLabels: [], dependsOn: [] };
  const doc = `${message}\n\n${describeSource(migration, config.directory)}`;
  const name = quoteScriptString(migration.name);
  const source = printRevisionFile({
    ...header,
    message: doc,
    createDate: formatCreateDate(createDateIn(instant, config.timezone)),
    upgradeBody: `await context.runTypeormMigration(${name}, "up");`,
    downgradeBody: `await context.runTypeormMigration(${name}, "down");`,
    isOutsideTransaction: !migration.isTransactional,
  });
  const formatted = await formatWithPrettier(source, path);
  warnOf(context, formatted.warning);
  return { record: { ...header, message, doc, path }, text: formatted.text };
}

function describeSource({ name, file }: NewAdoption["migration"], directory: string): string {
  const place = file === undefined ? "" : `, in ${relative(directory, file).replaceAll("\\", "/")}`;
  return `TypeORM migration ${name}${place}.`;
}
