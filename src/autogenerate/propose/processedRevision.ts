import { isOperationKind } from "../../operations/kinds";
import type { Operation } from "../../operations/operation";
import { printOperation } from "../../operations/printing/printOperation";
import type { RevisionDirective, RevisionDirectiveContext } from "../../project/alembicConfig";
import { ConfigError } from "../../project/errors";
import type { ProjectConfig } from "../../project/projectConfig";

const hookName = "processRevisionDirectives";

type Hooked = Pick<ProjectConfig, "hooks" | "configPath" | "namingConvention">;

/**
 * The revision as the project's `processRevisionDirectives` leaves it; undefined where it takes it away.
 * @throws ConfigError `hook-failed`: it fails, or leaves what can't be written
 */
export async function processedRevision(
  config: Hooked,
  surroundings: RevisionDirectiveContext,
  proposed: RevisionDirective,
): Promise<RevisionDirective | undefined> {
  const { processRevisionDirectives, renderItem } = config.hooks;
  const directives = [proposed];
  await processRevisionDirectives?.(surroundings, directives);
  const [directive, another] = directives;
  if (directive === undefined || processRevisionDirectives === undefined) {
    return directive;
  }
  if (another !== undefined) {
    throw refusal(
      config,
      "left more than one revision",
      "Change the one that it is given, or empty the list to write none.",
    );
  }
  if (typeof (directive as Partial<RevisionDirective> | null)?.message !== "string") {
    throw refusal(config, "left a revision whose message is not a string", "Set `message` to a string.");
  }
  for (const list of ["upgradeOperations", "downgradeOperations"] as const) {
    if (!Array.isArray(directive[list])) {
      throw refusal(
        config,
        `left ${list} that are not an array`,
        `Change ${list} in place, or set an array of operations.`,
      );
    }
    for (const operation of directive[list]) {
      // What `renderItem` writes in its own way need not be writable in ours.
      if (renderItem === undefined || typeof operation !== "object" || (operation as unknown) === null) {
        requireWritable(config, operation);
      }
    }
  }
  return directive;
}

/**
 * Tries to write an operation that a hook may have made up.
 * @throws ConfigError `hook-failed`: its kind is not known, or it lacks something
 */
export function requireWritable(config: Hooked, operation: Operation): void {
  const problem = problemOf(operation, config.namingConvention);
  if (problem !== undefined) {
    throw refusal(
      config,
      `left an operation that can't be written: ${problem}`,
      'Declare the operation as `const operation: Operation = { kind: … }` (`import type { Operation } from "alembic-ts"`), so that TypeScript checks it.',
    );
  }
}

function refusal({ configPath }: Hooked, found: string, hint: string): ConfigError {
  return new ConfigError("hook-failed", `The config's ${hookName} ${found}.`, {
    file: configPath,
    key: hookName,
    hint,
  });
}

/** Why an operation that a hook may have made up can't be written. */
function problemOf(
  operation: Operation,
  namingConvention: ProjectConfig["namingConvention"],
): string | undefined {
  if (!isOperationKind((operation as Partial<Operation> | null | undefined)?.kind)) {
    return `\`${JSON.stringify(operation) ?? "undefined"}\` has no known kind`;
  }
  try {
    printOperation(operation, { namingConvention });
    return undefined;
  } catch (error) {
    return `${operation.kind} lacks something, or has something of another type (${String(error instanceof Error ? error.message : error).replace(/\.$/, "")})`;
  }
}
