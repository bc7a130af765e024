import { plannedOperations } from "../../autogenerate/plan/plannedOperation";
import { printBody } from "../../autogenerate/propose/printBody";
import type { RevisionBodies } from "../../context/commandTable";
import type { SquashResult } from "../../context/squashCommand";
import type { NamingConvention } from "../../operations/namingConvention";
import { printOperation } from "../../operations/printing/printOperation";
import { quoteScriptString } from "../../source/quoteString";
import type { RecordedFunction, RecordedRange, RecordedStep } from "./recordRange";

/** What a squashed revision may consist of. */
export interface SquashBodies extends RevisionBodies {
  readonly form: SquashResult["form"];
}

/**
 * The functions that a squashed revision may have, the shortest first: the difference of the schema, where no rows are changed and no
 * adopted migration is run, which TypeORM would miss;
 * all operations of the revisions; and these with new values of enums committed by themselves, which PostgreSQL wants where a
 * later operation uses one.
 */
export function squashBodies(
  range: RecordedRange,
  namingConvention: NamingConvention,
): readonly SquashBodies[] {
  const runsTypeorm = range.upgrades.some(({ steps }) => steps.some(({ kind }) => kind === "typeorm"));
  const difference =
    range.dataSteps.length === 0 && !runsTypeorm ? range.before.operationsTo(range.upgraded) : undefined;
  const plain = { namingConvention, renderItem: undefined, remarks: [] };
  const bodies: SquashBodies[] = [];
  if (difference !== undefined) {
    bodies.push({
      form: "difference",
      upgrade: printBody(plannedOperations(difference.upgrade).map(withoutWarnings), plain),
      downgrade:
        refusal(range) ?? printBody(plannedOperations(difference.downgrade).map(withoutWarnings), plain),
    });
  }
  const ofSteps = (isApart: (step: RecordedStep) => boolean): SquashBodies => ({
    form: "operations",
    upgrade: printFunctions(range.upgrades, isApart, namingConvention),
    downgrade: refusal(range) ?? printFunctions(range.downgrades, isApart, namingConvention),
  });
  bodies.push(ofSteps(isAutocommit));
  if (range.upgrades.some(({ steps }) => steps.some(addsEnumValue))) {
    bodies.push(ofSteps((step) => isAutocommit(step) || addsEnumValue(step)));
  }
  return bodies;
}

function withoutWarnings<Planned>(planned: Planned): Planned & { readonly warnings: readonly never[] } {
  return { ...planned, warnings: [] };
}

function refusal({ wayBack }: RecordedRange): string | undefined {
  return wayBack.kind === "irreversible"
    ? `throw new Error(${quoteScriptString(`Revision ${wayBack.revision}, which was squashed, can't be reverted: ${wayBack.reason}`)});`
    : undefined;
}

function isAutocommit(step: RecordedStep): boolean {
  return step.kind === "operation" && step.isAutocommit;
}

function addsEnumValue(step: RecordedStep): boolean {
  return (
    step.kind === "operation" &&
    (step.operation.kind === "addEnumValue" ||
      (step.operation.kind === "execute" && /\badd\s+value\b/i.test(step.operation.sql.text.join(" "))))
  );
}

type IsApart = (step: RecordedStep) => boolean;

function printFunctions(
  functions: readonly RecordedFunction[],
  isApart: IsApart,
  namingConvention: NamingConvention,
): string {
  return functions
    .filter(({ steps }) => steps.length > 0)
    .map(({ revision: { revision, message }, steps }) => {
      const title = message === "" ? revision : `${revision}: ${message.replaceAll(/\s+/g, " ")}`;
      return [`// ${title}`, ...printSteps(steps, isApart, namingConvention)].join("\n");
    })
    .join("\n\n");
}

function printSteps(
  steps: readonly RecordedStep[],
  isApart: IsApart,
  namingConvention: NamingConvention,
): readonly string[] {
  const printed: string[] = [];
  for (let at = 0; at < steps.length;) {
    const block = blockOf(steps[at], isApart);
    let end = at + 1;
    while (block !== undefined && end < steps.length && blockOf(steps[end], isApart) === block) {
      end += 1;
    }
    const lines = steps.slice(at, end).map((step) => printStep(step, namingConvention));
    printed.push(
      block === undefined ? lines.join("\n") : `await ${block}(async () => {\n${lines.join("\n")}\n});`,
    );
    at = end;
  }
  return printed;
}

/** What a step is called in; undefined for what is called by itself. */
function blockOf(step: RecordedStep | undefined, isApart: IsApart): string | undefined {
  if (step?.kind !== "operation") {
    return undefined;
  }
  return step.isTried ? "op.try" : isApart(step) ? "op.autocommitBlock" : undefined;
}

function printStep(step: RecordedStep, namingConvention: NamingConvention): string {
  return step.kind === "typeorm"
    ? `await context.runTypeormMigration(${quoteScriptString(step.name)}, "${step.method}");`
    : printOperation(step.operation, { namingConvention });
}
