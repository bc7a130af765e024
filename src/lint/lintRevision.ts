import type { TextRange } from "../source/header";
import type { CallSqlProject, WrittenRevision } from "../sql/callSql";
import type { CalledStatement, Found, LintFinding } from "./finding";
import { grammarVersion, type ParsedSql, type ParseSql } from "./grammar";
import { parseNewer } from "./newerSyntax";
import { measureFindings, type RevisionMeasurement } from "./measuredFindings";
import { entitiesImported, type EntityImport } from "./entityImports";
import { ignoreComments, lineCounter, type IgnoreComment } from "./ignoreComments";
import type { KnownSchema } from "./knownSchema";
import type { PythonRevisionSql } from "./pythonSql";
import { misspelledExports, type MisspelledExport } from "./misspelledExports";
import { inPythonWords } from "./pythonWords";
import { revisionSql, type UnknownSql, type WrittenSql } from "./revisionStatements";
import type { LintLevel, LintSurroundings, Rule } from "./rule";
import { nodeOf } from "./syntaxTree";
import { rules, textRules, usualLevel, type TextRule } from "./rules/ruleTable";

/** What a project says of its lint. */
export interface LintSettings {
  /** Major version of the servers that the revisions are for. */
  readonly targetVersion: number | undefined;
  /** By code, where it is another than usual. */
  readonly levels: ReadonlyMap<string, LintLevel>;
  readonly timeouts: LintSurroundings["timeouts"];
}

/** A revision, and what it is linted with. */
export interface RevisionLint {
  readonly written: WrittenRevision | PythonRevisionSql;
  readonly project: CallSqlProject;
  readonly settings: LintSettings;
  readonly parse: ParseSql;
  /** What is known before the revision; it learns what the revision does. */
  readonly schema: KnownSchema;
  /** What its statements were measured to do, where they were. */
  readonly measurement?: RevisionMeasurement | undefined;
}

/** Each statement is compared with those before it; a revision that has more than these mostly writes rows. */
const mostStatements = 2_000;

const tooManyStatements = `Lint checks the first ${String(mostStatements)} statements of a revision. No rule checks this one or those after it.`;

/**
 * What the rules find in the `upgrade` of a revision, in the order of its text. Nothing is run: the SQL is what the
 * text says.
 */
export function lintRevision(lint: RevisionLint): readonly LintFinding[] {
  const { statements, found } = readStatements(lint);
  const { written } = lint;
  if (!("sql" in written)) {
    found.push(...entitiesImported(written).map(importOfEntity));
    found.push(...misspelledExports(written).map(ofMisspelledExport));
  }
  const wanted = rules.filter(
    (rule) => levelOf(rule.code, lint.settings) !== "off" && applies(rule, lint.settings.targetVersion),
  );
  for (const [index, statement] of statements.entries()) {
    noteTypesBefore(statement, lint.schema);
    const around = surroundings(lint, statements, index);
    for (const rule of wanted) {
      for (const flagged of rule.find(statement, around)) {
        const { range, call, text } = statement;
        const { message, ...possible } = typeof flagged === "string" ? { message: flagged } : flagged;
        const common = { code: rule.code, message, safe: rule.safe, range, call, sql: text };
        found.push("certainly" in possible ? { ...common, possible } : common);
      }
    }
    lint.schema.learn(statement.node);
  }
  const { measurement } = lint;
  const measured =
    measurement === undefined ? found : measureFindings(found, statements, measurement, lint.written.text);
  const told = withLevels(withoutIgnored(measured, lint), lint.settings);
  return "sql" in written
    ? told.map((finding) => ({
        ...finding,
        message: inPythonWords(finding.message),
        safe: inPythonWords(finding.safe),
      }))
    : told;
}

/** What a revision of an earlier run has done, for those after it. */
export function learnRevision(lint: RevisionLint): void {
  for (const statement of readStatements(lint).statements) {
    noteTypesBefore(statement, lint.schema);
    lint.schema.learnOld(statement.node);
  }
}

function readStatements(lint: RevisionLint): {
  readonly statements: readonly CalledStatement[];
  readonly found: Found[];
} {
  const statements: CalledStatement[] = [];
  const found: Found[] = [];
  let position = 0;
  const all = "sql" in lint.written ? lint.written.sql : revisionSql(lint.written, lint.project);
  for (const written of all) {
    const sent = written.kind === "unknown" ? sentBy(written, lint) : [written];
    if (written.kind === "unknown" && sent.length === 0) {
      found.push(notAnalysed(written, reasonOf(written)));
    }
    for (const sql of sent) {
      if (statements.length >= mostStatements) {
        found.push(notAnalysed(sql, tooManyStatements));
        return { statements, found };
      }
      const parsed = parsedFor(lint, sql.text);
      switch (parsed.kind) {
        case "unreadable":
          found.push(notAnalysed(sql, "The SQL is too large to be analyzed."));
          break;
        case "syntax-error":
          found.push(refused(sql, parsed.message, lint.settings.targetVersion));
          break;
        case "parsed":
          for (const { node, start, end } of parsed.statements) {
            const text = sql.text.slice(start, end);
            const range =
              writtenAt(sql.places, start, end) ?? placeOf(text, sql, lint.written.text, position);
            position = range === sql.range ? position : range.end;
            const { call, operation, isInTransaction } = sql;
            statements.push({ node, text, range, call, operation, isInTransaction });
            if (nodeOf(node, "DoStmt") !== undefined && sentBy(sql, lint).length === 0) {
              found.push(notAnalysed({ range, call }, "No rule looks into the body of a DO block."));
            }
          }
      }
    }
  }
  return { statements, found };
}

/** As the server that it is for reads it. */
function parsedFor({ parse, settings: { targetVersion } }: RevisionLint, text: string): ParsedSql {
  const isForNewer = targetVersion === undefined || targetVersion > grammarVersion;
  return isForNewer ? parseNewer(parse, text) : parse(text);
}

/** What a call has sent when the revision was measured. */
function sentBy(
  { range, call }: Pick<UnknownSql, "range" | "call">,
  { measurement }: RevisionLint,
): readonly WrittenSql[] {
  return (measurement?.statements ?? [])
    .filter(({ offset }) => offset !== undefined && call.start <= offset && offset < call.end)
    .map(({ text, locksAre }) => ({
      kind: "sql",
      text,
      range,
      call,
      source: undefined,
      operation: undefined,
      isInTransaction: locksAre === "measured",
    }));
}

/** Of a part of the SQL whose places in the file are known. */
function writtenAt(places: WrittenSql["places"], start: number, end: number): TextRange | undefined {
  const [first, last] = [places?.[start], places?.[end - 1]];
  return first === undefined || last === undefined ? undefined : { start: first, end: last + 1 };
}

/** Of the statement itself, where the file has it word for word. */
function placeOf(text: string, { source, range }: WrittenSql, file: string, after: number): TextRange {
  if (source === undefined) {
    return range;
  }
  const from = Math.max(source.start, after < source.end ? after : source.start);
  const start = file.indexOf(text, from);
  return start < 0 || start + text.length > source.end ? range : { start, end: start + text.length };
}

function reasonOf({ reason }: UnknownSql): string {
  switch (reason.kind) {
    case "expressions":
      return `The SQL depends on values that are known only in a run: ${reason.expressions.join(", ")}.`;
    case "convention":
      return "The SQL depends on the naming convention, which the configuration computes.";
    case "unread":
      return `The SQL of this call is known only in a run: ${reason.reason}.`;
    case "refused":
      return `A run refuses this: ${reason.message}`;
  }
}

function notAnalysed({ range, call }: Pick<UnknownSql, "range" | "call">, message: string): Found {
  return { code: "not-analyzed", message, safe: textRule("not-analyzed").safe, range, call, sql: "" };
}

/** A newer server may understand what the grammar does not. */
function refused(sql: WrittenSql, message: string, targetVersion: number | undefined): Found {
  return targetVersion !== undefined && targetVersion <= grammarVersion
    ? {
        code: "syntax-error",
        message: `${message}.`,
        safe: textRule("syntax-error").safe,
        range: sql.range,
        call: sql.call,
        sql: sql.text,
      }
    : notAnalysed(sql, `The grammar of PostgreSQL ${String(grammarVersion)} does not accept it: ${message}.`);
}

function importOfEntity({ name, range }: EntityImport): Found {
  return ofText("entity-imported", `${name} is part of the application, and changes with it.`, range);
}

function ofMisspelledExport({ name, meant, range }: MisspelledExport): Found {
  return ofText("misspelled-export", `Nothing reads ${name}. A revision has ${meant}.`, range);
}

function ofText(code: TextRule["code"], message: string, range: TextRange): Found {
  return { code, message, safe: textRule(code).safe, range, call: range, sql: "" };
}

function noteTypesBefore({ operation }: CalledStatement, schema: KnownSchema): void {
  if (operation?.kind === "alterColumn" && operation.existingType !== undefined) {
    const table = [operation.schema, operation.table].filter((part) => part !== undefined).join(".");
    schema.noteType(table, operation.column, operation.existingType);
  }
}

function surroundings(
  { schema, settings }: RevisionLint,
  all: readonly CalledStatement[],
  index: number,
): LintSurroundings {
  return {
    before: all.slice(0, index),
    all,
    isNew: (name) => schema.isNew(name),
    isNewConstraint: (table, name) => schema.isNewConstraint(table, name),
    isLockedBefore: (name) => schema.isLocked(name),
    typeBefore: (table, column) => schema.typeOf(table, column),
    isChecked: (table) => schema.isChecked(table),
    isCheckedNotNull: (table, column) => schema.isCheckedNotNull(table, column),
    targetVersion: settings.targetVersion,
    timeouts: settings.timeouts,
  };
}

/** Whether a rule concerns a server. Of one that is not known, only what is common today is assumed. */
function applies({ from, until }: Pick<Rule, "from" | "until">, version: number | undefined): boolean {
  return version === undefined
    ? until === undefined
    : (from === undefined || version >= from) && (until === undefined || version < until);
}

function levelOf(code: string, { levels }: LintSettings): LintLevel {
  return levels.get(code) ?? usualLevel(code) ?? "warning";
}

function textRule(code: TextRule["code"]): Pick<TextRule, "safe"> {
  return textRules.find((rule) => rule.code === code) ?? { safe: "" };
}

/** Leaves out what comments ignore, and tells of comments that are wrong. */
function withoutIgnored(found: readonly Found[], { written, settings }: RevisionLint): readonly Found[] {
  const comments = ignoreComments(written.text);
  if (comments.length === 0) {
    return found;
  }
  const lineOf = lineCounter(written.text);
  const used = new Set<string>();
  const left = found.filter(({ code, range, call }) => {
    const lines = [lineOf(range.start), lineOf(call.start)];
    const ignoring = comments.filter(
      (comment) =>
        comment.codes.includes(code) &&
        (comment.lines === undefined || comment.lines.some((line) => lines.includes(line))),
    );
    ignoring.forEach((comment) => used.add(useOf(comment, code)));
    return ignoring.length === 0;
  });
  return [...left, ...comments.flatMap((comment) => faultsOf(comment, used, settings))];
}

function useOf(comment: IgnoreComment, code: string): string {
  return `${String(comment.range.start)} ${code}`;
}

function faultsOf(
  comment: IgnoreComment,
  used: ReadonlySet<string>,
  settings: LintSettings,
): readonly Found[] {
  const { range, codes, reason } = comment;
  const fault = (code: TextRule["code"], message: string): Found => ofText(code, message, range);
  return [
    ...codes.flatMap((code) => {
      if (usualLevel(code) === undefined) {
        return [fault("unknown-rule", `There is no rule ${code}.`)];
      }
      return used.has(useOf(comment, code)) || levelOf(code, settings) === "off"
        ? []
        : [fault("unused-ignore", `${code} reports nothing here.`)];
    }),
    ...(reason === "" ? [fault("ignore-without-reason", "The comment gives no reason.")] : []),
  ];
}

function withLevels(found: readonly Found[], settings: LintSettings): readonly LintFinding[] {
  return found
    .flatMap(({ possible, ...each }): readonly LintFinding[] => {
      const level = levelOf(each.code, settings);
      // A level that the project has set is what it wants of all that the rule finds.
      const isLess = possible !== undefined && level === "error" && !settings.levels.has(each.code);
      return level === "off" ? [] : [{ ...each, level: isLess ? "warning" : level }];
    })
    .sort((left, right) => left.range.start - right.range.start);
}
