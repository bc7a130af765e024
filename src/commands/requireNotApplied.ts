import { existsSync } from "node:fs";
import { CommandError } from "../context/commandError";
import type { CommandContext } from "../context/commandContext";
import type { StatusResult } from "../context/commandTable";
import { contextFor, listDatabases } from "../context/namedDatabases";
import { ConfigError } from "../project/errors";
import { status } from "./status";

/**
 * Asks the chosen database and those of all environments whether they have some of these revisions. Where one has, its version
 * table would say after a move that revisions are applied which never ran.
 * @returns what was asked
 * @throws CommandError `applied-revisions`; `database-not-asked` where one can't be asked
 */
export async function requireNotApplied(
  context: CommandContext,
  revisions: readonly string[],
): Promise<readonly string[]> {
  const wanted = new Set(revisions);
  const answers = [...(await chosenDatabase(context)), ...(await environments(context))];
  for (const { name, answer } of answers) {
    if (answer instanceof Error) {
      throw new CommandError(
        "database-not-asked",
        `Can't tell whether ${name} has ${revisions.join(", ")}: ${answer.message}`,
        "Make the database reachable. If it has none of these revisions, use --offline.",
      );
    }
    const applied = answer.applied.filter((revision) => wanted.has(revision));
    const uncertain = answer.uncertain.filter((revision) => wanted.has(revision));
    if (applied.length > 0 || uncertain.length > 0) {
      throw appliedError(name, applied, answer);
    }
  }
  return [...new Set(answers.map(({ name }) => name))];
}

function appliedError(name: string, applied: readonly string[], { unknownRows }: StatusResult): CommandError {
  return applied.length > 0
    ? new CommandError(
        "applied-revisions",
        `Applied revisions can't be moved: ${name} has ${applied.join(", ")}.`,
        "Downgrade that database below them first, or merge the heads.",
      )
    : new CommandError(
        "applied-revisions",
        `Its version table does not tell whether ${name} has the revisions: it names ${unknownRows.join(", ")}, of which no file is here.`,
        "Bring that database to revisions whose files are here, or merge the heads.",
      );
}

/** What a database says, or why it says nothing. */
interface Answer {
  readonly name: string;
  readonly answer: StatusResult | Error;
}

/** None where no database is named, and the embedded one is not there yet; or where the environments are what is meant. */
async function chosenDatabase(context: CommandContext): Promise<readonly Answer[]> {
  try {
    const target = await context.chosenTarget();
    const isNone = target.kind === "embedded" && !existsSync(target.directory);
    const isOther = target.kind === "embedded" && target.refusal !== undefined && hasEnvironments(context);
    if (isNone || isOther) {
      return [];
    }
    const result = await status(context, {});
    return [{ name: context.databaseLabel ?? result.database.name, answer: result }];
  } catch (error) {
    const isNotChosen = error instanceof ConfigError && error.code === "unknown-environment";
    if (isNotChosen && context.databaseLabel === undefined) {
      return [];
    }
    return [{ name: context.databaseLabel ?? "the database", answer: asError(error) }];
  }
}

async function environments(context: CommandContext): Promise<readonly Answer[]> {
  if (!hasEnvironments(context)) {
    return [];
  }
  const answers: Answer[] = [];
  for (const database of await listDatabases(context, "all")) {
    const { name } = database;
    if (database.kind === "missed") {
      answers.push({ name, answer: asError(database.error) });
    } else {
      const own = contextFor(context, database, () => undefined);
      answers.push({ name, answer: await status(own, {}).catch(asError) });
    }
  }
  return answers;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function hasEnvironments({ config }: CommandContext): boolean {
  return config.environments.size > 0;
}
