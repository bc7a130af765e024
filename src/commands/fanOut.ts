import type { CommandContext } from "../context/commandContext";
import type { CommandEvent } from "../context/events";
import { contextFor, type DatabaseOfMany } from "../context/namedDatabases";

export type FanOutOutcome<Result> =
  | { readonly kind: "ok"; readonly result: Result }
  | { readonly kind: "failed"; readonly error: unknown }
  /** Not begun, since the user cancelled before. */
  | { readonly kind: "cancelled" };

export interface FanOutEntry<Result> {
  readonly name: string;
  readonly outcome: FanOutOutcome<Result>;
}

export interface FanOutOptions {
  /** How many databases are worked on at once. */
  readonly parallel: number;
  readonly onEvent: (database: string, event: CommandEvent) => void;
}

/**
 * Runs a command on many databases, a few at a time. One that fails does not stop the others; running the same
 * command again finds nothing left to do where it succeeded.
 */
export async function runOnMany<Options, Result>(
  command: (context: CommandContext, options: Options) => Promise<Result>,
  context: CommandContext,
  databases: readonly DatabaseOfMany[],
  options: Options,
  fanOut: FanOutOptions,
): Promise<readonly FanOutEntry<Result>[]> {
  // Read once: every database gets the same revisions.
  const scripts = context.readScripts();
  const outcomes = new Map<DatabaseOfMany, FanOutOutcome<Result>>();
  const waiting = databases.values();
  async function work(): Promise<void> {
    for (const database of waiting) {
      if (database.kind === "missed") {
        outcomes.set(database, { kind: "failed", error: database.error });
        continue;
      }
      const own = contextFor({ ...context, readScripts: () => scripts }, database, fanOut.onEvent);
      outcomes.set(
        database,
        context.signal.aborted ? { kind: "cancelled" } : await attempt(command, own, options),
      );
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, fanOut.parallel) }, work));
  return databases.map((database) => ({
    name: database.name,
    outcome: outcomes.get(database) ?? { kind: "cancelled" },
  }));
}

async function attempt<Options, Result>(
  command: (context: CommandContext, options: Options) => Promise<Result>,
  context: CommandContext,
  options: Options,
): Promise<FanOutOutcome<Result>> {
  try {
    return { kind: "ok", result: await command(context, options) };
  } catch (error) {
    return { kind: "failed", error };
  }
}
