import { escapeCommentEnd, idInComment } from "./docComment";
import { quoteScriptString } from "./quoteString";
import { indentCode, namesUsedIn } from "./scriptCode";

/** What a new revision file says. */
export interface RevisionFileContent {
  /** Several lines are allowed; the first is the message of the revision. */
  readonly message: string;
  readonly revision: string;
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  /** Ids of the revisions that it stands for. */
  readonly replaces?: readonly string[];
  /** As it is to stand in the comment, e.g. `2025-10-01 21:15:00`. */
  readonly createDate: string;
  /**
   * Statements, not indented. The names `op`, `sql`, `connection` and `context` in it become the parameter.
   * Left out: a function to be filled in. "": a function that has nothing to do.
   */
  readonly upgradeBody?: string | undefined;
  readonly downgradeBody?: string | undefined;
  /** True: its statements run outside a transaction. */
  readonly isOutsideTransaction?: boolean | undefined;
}

const PRINT_WIDTH = 80;
const PARAMETER_NAMES = ["op", "sql", "connection", "context"];

/**
 * Prints a TypeScript revision file, laid out as prettier does by default; bodies are taken as they are. A file
 * without any body passes the compiler's strictest checks for unused names.
 */
export function printRevisionFile(content: RevisionFileContent): string {
  const functions = [
    printFunction("upgrade", content.upgradeBody),
    printFunction("downgrade", content.downgradeBody),
  ];
  const usesType = functions.some((text) => text.includes("}: Migration)"));
  return [
    printDocComment(content) + (usesType ? '\nimport type { Migration } from "alembic-ts";' : ""),
    printHeader(content),
    ...functions,
  ]
    .join("\n\n")
    .concat("\n");
}

/** The function as prettier prints it; see `RevisionFileContent` for what a missing and an empty body mean. */
export function printFunction(name: "upgrade" | "downgrade", body: string | undefined): string {
  const code = (body ?? "")
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
  const end = code === "" ? "{}" : "{";
  const used = namesUsedIn(code, PARAMETER_NAMES);
  const parameter = used.length > 0 ? `{ ${used.join(", ")} }: Migration` : "{ op }: Migration";
  const line = `export async function ${name}(${body === undefined || used.length > 0 ? parameter : ""}): Promise<void> ${end}`;
  const signature =
    line.length <= PRINT_WIDTH
      ? line
      : `export async function ${name}({\n${used.map((n) => `  ${n},\n`).join("")}}: Migration): Promise<void> ${end}`;
  return code === "" ? signature : `${signature}\n${indentCode(code, "  ")}\n}`;
}

/** A header's value: null, a string, or an array; `mayBeString` is false for what is always an array. */
function printIds(ids: readonly string[], mayBeString: boolean): string {
  const [first] = ids;
  if (first === undefined) {
    return "null";
  }
  return mayBeString && ids.length === 1
    ? quoteScriptString(first)
    : `[${ids.map((id) => quoteScriptString(id)).join(", ")}]`;
}

function printDocComment({ message, revision, downRevisions, createDate }: RevisionFileContent): string {
  const lines = [
    ...messageLines(message),
    `Revision ID: ${idInComment(revision)}`,
    `Revises: ${downRevisions.map(idInComment).join(", ")}`,
    `Create Date: ${idInComment(createDate)}`,
  ];
  return `/**\n${lines.map((line) => ` * ${escapeCommentEnd(line)}`.trimEnd() + "\n").join("")} */`;
}

function messageLines(message: string): readonly string[] {
  const lines = message.split(/\r\n|[\r\n\u2028\u2029]/).map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== "");
  if (first < 0) {
    return [];
  }
  const last = lines.findLastIndex((line) => line !== "");
  return [...lines.slice(first, last + 1), ""].map((line, index) => (index === 0 ? line.trimStart() : line));
}

function printHeader(content: RevisionFileContent): string {
  const { revision, downRevisions, branchLabels, dependsOn, replaces } = content;
  return [
    printConstant("export const revision", [revision], true),
    printConstant("export const down_revision: string | string[] | null", downRevisions, true),
    printConstant("export const branch_labels: string[] | null", branchLabels, false),
    printConstant("export const depends_on: string[] | null", dependsOn, false),
    ...(replaces === undefined ? [] : [printConstant("export const replaces: string[]", replaces, false)]),
    ...(content.isOutsideTransaction === true ? ["export const transaction = false;"] : []),
  ].join("\n");
}

function printConstant(declaration: string, ids: readonly string[], mayBeString: boolean): string {
  const value = printIds(ids, mayBeString);
  const line = `${declaration} = ${value};`;
  if (line.length <= PRINT_WIDTH || ids.length === 0) {
    return line;
  }
  return value.startsWith("[")
    ? `${declaration} = [\n${ids.map((id) => `  ${quoteScriptString(id)},\n`).join("")}];`
    : `${declaration} =\n  ${value};`;
}
