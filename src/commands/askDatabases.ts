import { existsSync } from "node:fs";
import type { CommandContext } from "../context/commandContext";
import type { StatusResult } from "../context/commandTable";
import { contextFor, listDatabases } from "../context/namedDatabases";
import { ConfigError } from "../project/errors";
import { status } from "./status";

/** Asks the chosen database and those of all environments where they stand. */
export async function askDatabases(context: CommandContext): Promise<readonly DatabaseAnswer[]> {
  return [...(await chosenDatabase(context)), ...(await environments(context))];
}

/** What a database says, or why it says nothing. */
export interface DatabaseAnswer {
  readonly name: string;
  readonly answer: StatusResult | Error;
}

/** None where no database is named, and the embedded one is not there yet; or where the environments are what is meant. */
async function chosenDatabase(context: CommandContext): Promise<readonly DatabaseAnswer[]> {
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

async function environments(context: CommandContext): Promise<readonly DatabaseAnswer[]> {
  if (!hasEnvironments(context)) {
    return [];
  }
  const answers: DatabaseAnswer[] = [];
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
