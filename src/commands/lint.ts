import { readFileSync } from "node:fs";
import type { CommandContext, Command } from "../context/commandContext";
import type { LintedFinding, LintMeasurement, LintResult } from "../context/lintCommand";
import { readGraph } from "../context/readGraph";
import { describeEffects, type RelationEffect, type StatementEffects } from "../lint/effects";
import { loadGrammar } from "../lint/grammar";
import { lineCounter } from "../lint/ignoreComments";
import { KnownSchema } from "../lint/knownSchema";
import type { LintFinding } from "../lint/finding";
import { readPythonSql } from "../lint/pythonSql";
import { learnRevision, lintRevision, type RevisionLint } from "../lint/lintRevision";
import { revisionMeasurement } from "../lint/revisionMeasurement";
import { usualLevel } from "../lint/rules/ruleTable";
import { measureRevisions } from "../measure/measureRevisions";
import { readRegularFile } from "../machine/regularFile";
import { ConfigError } from "../project/errors";
import type { ProjectConfig } from "../project/projectConfig";
import type { GraphRevision, RevisionGraph } from "../revision/graph";
import { historyRange } from "../revision/history";
import { programOf } from "../source/parseScript";
import { decodePython } from "../source/python/decodePython";
import { sizeKey, type DatabaseFacts } from "./databaseFacts";
import { selectRevisions, type LintSelection } from "./lintSelection";

const mostBytes = 10_000_000;

/**
 * Looks in revisions for what locks, rewrites, loses data or breaks the running application. None of their code is run,
 * unless they are to be measured.
 */
export const lint: Command<"lint"> = async (context, options): Promise<LintResult> => {
  requireKnownRules(context.config);
  const graph = await readGraph(context);
  const selection = await selectRevisions(context, graph, options);
  const isMeasured = options.measure === true && (await context.scriptDialect()) === "postgresql";
  const measurement = isMeasured ? await measured(context, graph, selection) : undefined;
  const schema = new KnownSchema();
  const revisions: string[] = [];
  const findings: LintedFinding[] = [];
  const lintOf = await lintMaker(context, schema, selection, measurement);
  for (const revision of [...historyRange(graph, undefined, [])].reverse()) {
    const given = lintOf(revision);
    if (!selection.isOneRun) {
      schema.startRun();
    }
    if (!selection.isWanted(revision.revision)) {
      if (given !== undefined) {
        learnRevision(given);
      }
      continue;
    }
    const found = given === undefined ? [] : located(lintRevision(given), revision, given.written.text);
    if (!context.config.lint.ignoredRevisions.has(revision.revision)) {
      revisions.push(revision.revision);
      findings.push(...found);
    }
  }
  return { revisions, findings, database: selection.database, measurement };
};

/** What the selected revisions do on a scratch database, with the sizes of the project's. */
async function measured(
  context: CommandContext,
  graph: RevisionGraph,
  { isWanted, isOneRun, facts }: LintSelection,
): Promise<LintMeasurement> {
  const { ignoredRevisions } = context.config.lint;
  const { statements, serverVersion, failure } = await measureRevisions(context, graph, {
    isWanted: (revision) => isWanted(revision) && !ignoredRevisions.has(revision),
    isOneRun,
    timeZone: facts?.timeZone,
  });
  if (failure !== undefined) {
    const where = failure.revision === undefined ? "" : ` at revision ${failure.revision}`;
    const message = `Measuring stopped${where}, and later statements are not measured: ${failure.message}`;
    context.report({ kind: "log", level: "warning", message });
  }
  return {
    serverVersion,
    isTimeZoneKnown: facts !== undefined,
    failure,
    statements: statements.map(({ revision, text, location, locksAre, relations }) => {
      const effects: StatementEffects = { locksAre, relations: relations.map((one) => sized(one, facts)) };
      return {
        revision,
        path: graph.get(revision)?.path ?? "",
        line: location?.line,
        column: location?.column,
        sql: text,
        summary: describeEffects(effects),
        ...effects,
      };
    }),
  };
}

function sized(effect: RelationEffect, facts: DatabaseFacts | undefined): RelationEffect {
  const size = facts?.sizes.get(sizeKey(effect.schema, effect.name));
  return size === undefined ? effect : { ...effect, size };
}

/**
 * Gives what a revision is linted with; undefined for files that do not parse, or have an encoding that is not known. What the
 * configuration says of the servers' version counts before the version of the one that was asked.
 */
async function lintMaker(
  context: CommandContext,
  schema: KnownSchema,
  { facts }: LintSelection,
  measurement: LintMeasurement | undefined,
): Promise<(revision: GraphRevision) => RevisionLint | undefined> {
  const { config } = context;
  const parse = await loadGrammar();
  const dialect = await context.scriptDialect();
  const { namingConvention, lint: settings, lockTimeout, statementTimeout } = config;
  const timeouts = { lock: lockTimeout !== undefined, statement: statementTimeout !== undefined };
  const targetVersion = settings.targetVersion ?? facts?.serverVersion;
  return ({ path, revision }) => {
    // The rules are about PostgreSQL.
    const written = dialect === "sqlite" ? undefined : readWritten(path);
    return written === undefined
      ? undefined
      : {
          written,
          project: { dialect, namingConvention },
          settings: { targetVersion, levels: settings.rules, timeouts },
          parse,
          schema,
          measurement: measurement && revisionMeasurement(measurement, revision, written.text),
        };
  };
}

function readWritten(path: string): RevisionLint["written"] | undefined {
  const text = readRegularFile(path, mostBytes);
  if (path.endsWith(".py")) {
    const python = text === undefined ? undefined : decodePython(readFileSync(path));
    return python === undefined ? undefined : readPythonSql(python);
  }
  const program = text === undefined ? undefined : programOf(text);
  return text === undefined || program === undefined ? undefined : { text, program };
}

function requireKnownRules({ configPath, lint: { rules } }: ProjectConfig): void {
  for (const code of rules.keys()) {
    if (usualLevel(code) === undefined) {
      throw new ConfigError("config-invalid", `lint.rules.${code} is not a rule.`, {
        file: configPath,
        key: `lint.rules.${code}`,
        hint: "docs/rules/README.md lists the rules.",
      });
    }
  }
}

function located(
  findings: readonly LintFinding[],
  { revision, path }: GraphRevision,
  text: string,
): readonly LintedFinding[] {
  const lineOf = lineCounter(text);
  const columnOf = (offset: number): number => offset - (text.lastIndexOf("\n", offset - 1) + 1) + 1;
  return findings.map(({ code, level, message, safe, range, sql, measured }) => ({
    code,
    level,
    message,
    safe,
    revision,
    path,
    line: lineOf(range.start) + 1,
    column: columnOf(range.start),
    endLine: lineOf(range.end) + 1,
    endColumn: columnOf(range.end),
    sql,
    ...(measured === undefined || describeEffects(measured) === ""
      ? {}
      : { measured: describeEffects(measured) }),
  }));
}
