import { isOperationKind } from "../../operations/kinds";
import type { Operation } from "../../operations/operation";
import { printOperation } from "../../operations/printing/printOperation";
import type { RevisionDirective, RevisionDirectiveContext } from "../../project/alembicConfig";
import { ConfigError } from "../../project/errors";
import type { ProjectConfig } from "../../project/projectConfig";

const hookName = "processRevisionDirectives";

/**
 * The revision as the project's `processRevisionDirectives` leaves it; undefined where it takes it away.
 * @throws ConfigError `hook-failed`: it fails, or leaves what can't be written
 */
export async function processedRevision(
  { hooks, configPath, namingConvention }: Pick<ProjectConfig, "hooks" | "configPath" | "namingConvention">,
  surroundings: RevisionDirectiveContext,
  proposed: RevisionDirective,
): Promise<RevisionDirective | undefined> {
  const directives = [proposed];
  await hooks.processRevisionDirectives?.(surroundings, directives);
  const [directive, another] = directives;
  if (directive === undefined || hooks.processRevisionDirectives === undefined) {
    return directive;
  }
  const refuse = (found: string, hint: string): never => {
    throw new ConfigError("hook-failed", `The config's ${hookName} ${found}.`, {
      file: configPath,
      key: hookName,
      hint,
    });
  };
  if (another !== undefined) {
    refuse(
      "left more than one revision",
      "Change the one that it is given, or empty the list to write none.",
    );
  }
  if (typeof (directive as Partial<RevisionDirective> | null)?.message !== "string") {
    refuse("left a revision whose message is not a string", "Set `message` to a string.");
  }
  for (const list of ["upgradeOperations", "downgradeOperations"] as const) {
    if (!Array.isArray(directive[list])) {
      refuse(`left ${list} that are not an array`, `Change ${list} in place, or set an array of operations.`);
    }
    for (const operation of directive[list]) {
      const problem = problemOf(operation, namingConvention);
      if (problem !== undefined) {
        refuse(
          `left an operation in ${list} that can't be written: ${problem}`,
          'Declare the operation as `const operation: Operation = { kind: … }` (`import type { Operation } from "alembic-ts"`), so that TypeScript checks it.',
        );
      }
    }
  }
  return directive;
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
