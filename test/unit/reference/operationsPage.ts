import { basename, dirname } from "node:path";
import { compileFunction } from "node:vm";
import { format } from "prettier";
import ts from "typescript";
import { OperationError } from "../../../src/operations/operationError";
import type { Operation } from "../../../src/operations/operation";
import type { Operations } from "../../../src/operations/operations";
import type { SqlTag } from "../../../src/operations/sqlFragment";
import { renderOperation, type Dialect } from "../../../src/sql/renderOperation";
import { recordOperations } from "../operations/recordOperations";
import { membersOf, type Member } from "./declarations";

/** The groups of the page, by the folder that declares their operations. */
const groups: ReadonlyMap<string, string> = new Map([
  ["table", "Tables and partitions"],
  ["column", "Columns"],
  ["index", "Indexes"],
  ["constraint", "Constraints"],
  ["type", "Enums and domains"],
  ["view", "Views"],
  ["sequence", "Sequences"],
  ["routine", "Functions and triggers"],
  ["policy", "Row-level security"],
  ["schema", "Schemas and extensions"],
  ["rows", "Rows and SQL"],
  ["operations", "Control"],
]);

/** Every method of `op`. */
export const operationMembers: readonly Member[] = membersOf("src/operations/operations.ts", "Operations");

/** The text of the reference of all operations, made of their declarations and their examples' SQL. */
export async function operationsPage(): Promise<string> {
  const parts = [
    "# Operations\n",
    "Every method of `op`, the first part of a revision's parameter. [Revisions](../revisions.md) describes their order, failures and transactions.\n",
    "This page is generated from the code. The SQL is what the example sends.\n",
  ];
  for (const [folder, title] of groups) {
    parts.push(`## ${title}\n`);
    for (const member of operationMembers.filter(({ file }) => basename(dirname(file)) === folder)) {
      parts.push(await sectionOf(member));
    }
  }
  return parts.join("\n");
}

/** Runs the example of an operation, and gives the records that its calls make. */
export function runExample(example: string): Promise<readonly Operation[]> {
  const code = ts.transpileModule(`export async function run(op, sql, context, rm) {\n${example}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  }).outputText;
  const exported: { run?: (op: Operations, sql: SqlTag, context: object, rm: () => void) => Promise<void> } =
    {};
  const define = compileFunction(code, ["exports"]) as (exports: object) => void;
  define(exported);
  const context = { log: () => undefined };
  return recordOperations((op, sql) => exported.run?.(op, sql, context, () => undefined));
}

async function sectionOf(member: Member): Promise<string> {
  const example = member.example ?? "";
  const options = member.options.map(
    ({ name, type, description }) => `| \`${name}\` | \`${cell(type)}\` | ${cell(description)} |`,
  );
  return [
    `### ${member.name}\n`,
    `${member.description}\n`,
    fenced("ts", await signature(member.declaration)),
    ...member.parameters.map(({ name, description }) => `- \`${name}\`: ${description}`),
    ...(member.parameters.length > 0 ? [""] : []),
    ...(options.length > 0 ? ["| option | type | meaning |", "| --- | --- | --- |", ...options, ""] : []),
    ...member.errors.map((text) => `Throws ${text.replace(/^OperationError `([\w-]+)`/, "`$1`")}.\n`),
    "Example:\n",
    fenced("ts", example),
    ...(await statementsOf(example)),
  ].join("\n");
}

async function signature(declaration: string): Promise<string> {
  const text = await format(`interface Op { ${declaration} }`, {
    parser: "typescript",
    printWidth: 90,
  });
  const lines = text.trim().split("\n").slice(1, -1);
  return lines.map((line) => line.replace(/^ {2}/, "")).join("\n");
}

async function statementsOf(example: string): Promise<readonly string[]> {
  const operations = await runExample(example);
  const postgresql = statements(operations, "postgresql");
  const sqlite = statements(operations, "sqlite");
  return operations.length === 0
    ? []
    : [
        "SQL on PostgreSQL:\n",
        postgresql,
        ...(sqlite === postgresql ? ["The same on SQLite.\n"] : ["SQL on SQLite:\n", sqlite]),
      ];
}

function statements(operations: readonly Operation[], dialect: Dialect): string {
  try {
    const lines = operations.flatMap((operation) => renderOperation(operation, dialect, { offline: true }));
    return fenced("sql", lines.map(({ text }) => `${text};`).join("\n"));
  } catch (error) {
    if (error instanceof OperationError) {
      return `Refused with \`${error.code}\`: ${error.message}\n`;
    }
    throw error;
  }
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}

/** Text that may stand in a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
