import type { NamingConvention } from "../../../operations/namingConvention";
import { operationMakers } from "../../../operations/operationMakers";
import type { Operation } from "../../../operations/operation";
import type { LocatedList, RevisionHeader } from "../../header";
import { printRevisionFile } from "../../printRevisionFile";
import { quoteScriptString } from "../../quoteString";
import { parsePythonRevision } from "../parsePythonRevision";
import { childrenOf, parsePython, type PythonNode } from "../pythonNodes";
import { convertBody, refuseWhole, type BodyContext, type ByHand, type ConvertedBody } from "./convertBody";
import { readModule, type ModuleParts } from "./moduleParts";
import { NameScope } from "./term";

export interface PythonRevision {
  readonly text: string;
  readonly fileName: string;
  readonly namingConvention: NamingConvention | undefined;
}

export type ConvertedRevision =
  | {
      readonly kind: "converted";
      /** Not formatted yet. */
      readonly text: string;
      readonly byHand: readonly ByHand[];
      /** Whether constraints are left for the naming convention or PostgreSQL to name. */
      readonly hasUnnamedConstraints: boolean;
    }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * A Python revision as a TypeScript one with the same header. Nothing is run: what can't be read as operations is in it as
 * a comment, followed by an error that the function throws.
 */
export function convertRevision(revision: PythonRevision): ConvertedRevision {
  const text = revision.text.replace(/\r\n?/g, "\n");
  const scan = parsePythonRevision(text, revision.fileName);
  if (scan.kind !== "revision") {
    return { kind: "refused", reason: scan.kind === "ambiguous" ? scan.reason : "it is not a revision" };
  }
  const { undecided = [] } = scan.header;
  const dependencies = undecided.find(({ name }) => name === "depends_on");
  if (dependencies !== undefined) {
    return { kind: "refused", reason: `depends_on is ${dependencies.reason}` };
  }
  const syntax = parsePython(text);
  const module = readModule(text, syntax);
  const context: BodyContext = {
    ...revision,
    text,
    makers: operationMakers({ namingConvention: revision.namingConvention }),
    definitions: module.definitions,
  };
  const labels = undecided.map(({ range, reason }) =>
    refuseWhole(statementAt(syntax, range.start), `branch_labels is ${reason}`, context),
  );
  const upgrade = convertFunction("upgrade", module, context);
  const downgrade = isMissing("downgrade", module, text)
    ? withoutDowngrade(context)
    : convertFunction("downgrade", module, context);
  const printed = printRevisionFile({
    message: messageOf(scan.header),
    revision: scan.header.revision.value,
    downRevisions: valuesOf(scan.header.downRevision),
    branchLabels: valuesOf(scan.header.branchLabels),
    dependsOn: valuesOf(scan.header.dependsOn),
    createDate: scan.header.createDate ?? "",
    upgradeBody: joinedCode([...labels, upgrade]),
    downgradeBody: downgrade.code,
  });
  return {
    kind: "converted",
    text: printed,
    byHand: [...labels, upgrade, downgrade].flatMap(({ byHand }) => byHand),
    hasUnnamedConstraints: [...upgrade.operations, ...downgrade.operations].some(leavesUnnamed),
  };
}

/** The statement of a module that has something at an offset. */
function statementAt(module: PythonNode, offset: number): PythonNode {
  return childrenOf(module).find(({ from, to }) => from <= offset && offset <= to) ?? module;
}

function joinedCode(bodies: readonly ConvertedBody[]): string {
  return bodies
    .map(({ code }) => code)
    .filter((code) => code !== "")
    .join("\n");
}

/** Whether a function is nowhere in the file, as far as that can be told. */
function isMissing(name: string, { definitions, effects, scope }: ModuleParts, text: string): boolean {
  return (
    !definitions.has(name) &&
    scope.term(name) === undefined &&
    effects.length === 0 &&
    !/\bimport\s*\*/.test(text)
  );
}

/** Alembic fails where such a revision is downgraded, and so does the new one: nothing is left to do. */
function withoutDowngrade({ fileName }: BodyContext): ConvertedBody {
  const message = `This revision cannot be downgraded: ${fileName} has no downgrade.`;
  return { code: `throw new Error(${quoteScriptString(message)});`, byHand: [], operations: [] };
}

function convertFunction(
  name: "upgrade" | "downgrade",
  { functions, scope, effects }: ModuleParts,
  context: BodyContext,
): ConvertedBody {
  const definition = functions.get(name);
  if (definition === undefined) {
    const message = `${context.fileName} has no function ${name} that can be read.`;
    const byHand = [{ line: 1, endLine: 1, reason: `it has no function ${name} that can be read` }];
    return { code: `throw new Error(${quoteScriptString(message)});`, byHand, operations: [] };
  }
  const parts = childrenOf(definition);
  const body = parts.find((node) => node.name === "Body");
  const parameters = parts.find((node) => node.name === "ParamList");
  if (definition.name !== "FunctionDefinition" || body === undefined || parts[0]?.name !== "def") {
    return refuseWhole(definition, `${name} is not a plain function`, context);
  }
  if (parameters === undefined || childrenOf(parameters).length !== 2) {
    return refuseWhole(definition, `${name} has parameters`, context);
  }
  const before = effects.map((effect) =>
    refuseWhole(effect, "the file does this when it is loaded", context),
  );
  const converted = convertBody(body, new NameScope(context.text, scope), context);
  return {
    code: joinedCode([...before, converted]),
    byHand: [...before, converted].flatMap(({ byHand }) => byHand),
    operations: converted.operations,
  };
}

/** The docstring without the lines that the file's comment gets anyway. */
function messageOf({ doc }: RevisionHeader): string {
  const lines = doc.split("\n").map((line) => line.trimEnd());
  return lines
    .filter((line) => !/^\s*(?:Revision ID|Revises|Create Date):/.test(line))
    .join("\n")
    .trim();
}

function valuesOf(list: LocatedList | undefined): readonly string[] {
  return list?.values.map(({ value }) => value) ?? [];
}

function leavesUnnamed(operation: Operation): boolean {
  switch (operation.kind) {
    case "createTable":
    case "addColumn":
      return operation.constraints.some(({ name }) => name === undefined);
    case "createForeignKey":
    case "createUniqueConstraint":
    case "createCheckConstraint":
    case "createPrimaryKey":
      return operation.constraint.name === undefined;
    case "batchAlterTable":
      return operation.operations.some(leavesUnnamed);
    default:
      return false;
  }
}
