import { createHash } from "node:crypto";
import { relative, sep } from "node:path";
import type { LintedFinding, LintMeasurement, MeasuredStatementResult } from "../context/lintCommand";
import type { LintLevel } from "../lint/rule";
import { rules, textRules } from "../lint/rules/ruleTable";
import type { LintOutput } from "../outputs/checkOutput";
import { version } from "../version";
import { jsonText } from "./json";

type Level = LintedFinding["level"];

/** What a report is made of. */
export interface LintReport {
  /** Of the revisions that were linted. */
  readonly revisions: readonly string[];
  readonly findings: readonly LintedFinding[];
  /** Undefined where nothing was measured. */
  readonly measurement: LintMeasurement | undefined;
  /** Paths are shown as seen from here. */
  readonly directory: string;
}

const formats: Readonly<Record<string, (report: LintReport) => string>> = {
  human: humanReport,
  json: jsonReport,
  sarif: sarifReport,
  github: githubReport,
  gitlab: gitlabReport,
  junit: junitReport,
};

export const lintFormats: readonly string[] = Object.keys(formats);

/** The findings as one of `lintFormats`, with a line break at the end where there is anything. */
export function formatFindings(format: string, report: LintReport): string {
  return (formats[format] ?? humanReport)(report);
}

function humanReport(report: LintReport): string {
  const { findings, revisions } = report;
  if (revisions.length === 0 && findings.length === 0) {
    return "No revision to look at: none is pending, or none is in the range. --all looks at all of them.\n";
  }
  const shown = findings.map((finding) =>
    [
      `${place(report, finding)}: ${finding.level} ${finding.code}`,
      `    ${finding.message}`,
      ...(finding.measured === undefined ? [] : [`    Measured: ${finding.measured}.`]),
      `    ${finding.safe}\n`,
    ].join("\n"),
  );
  const counts = (["error", "warning", "info"] as const).flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [`${String(count)} ${level}${count > 1 && level !== "info" ? "s" : ""}`];
  });
  const looked = `${String(revisions.length)} revision${revisions.length === 1 ? "" : "s"}`;
  return `${shown.join("")}${measuredText(report)}${counts.length === 0 ? "Nothing found" : counts.join(", ")} in ${looked}.\n`;
}

/** What was measured of statements that no finding is about. */
function measuredText({ measurement, findings, directory }: LintReport): string {
  const notable = (measurement?.statements ?? []).filter(
    ({ revision, summary, sql }) =>
      summary !== "" &&
      !findings.some(
        (finding) =>
          finding.revision === revision && finding.measured === summary && sql.includes(finding.sql),
      ),
  );
  const lines = notable.map(
    (statement) => `${measuredPlace(directory, statement)}: ${measuredWords(statement)}\n`,
  );
  return lines.length === 0
    ? ""
    : `Measured on PostgreSQL ${String(measurement?.serverVersion)}:\n${lines.map((line) => `    ${line}`).join("")}`;
}

function measuredPlace(directory: string, { path, line, column }: MeasuredStatementResult): string {
  const place = [relative(directory, path), line, column].filter((part) => part !== undefined);
  return place.map(String).join(":");
}

/** Of a statement that runs outside of a transaction, locks can't be looked at. */
function measuredWords({ summary, locksAre }: MeasuredStatementResult): string {
  switch (locksAre) {
    case "measured":
      return summary;
    case "known":
      return `${summary} (outside the transaction; locks as documented)`;
    case "unknown":
      return `${summary} (outside the transaction; locks not known)`;
  }
}

function place({ directory }: LintReport, { path, line, column }: LintedFinding): string {
  return `${relative(directory, path)}:${String(line)}:${String(column)}`;
}

/** In sentences, what happens and what to write instead. */
function explained(finding: LintedFinding): string {
  return `${finding.message}${measuredSentence(finding)} ${finding.safe}`;
}

function measuredSentence({ measured }: LintedFinding): string {
  return measured === undefined ? "" : ` Measured: ${measured}.`;
}

function urlPath({ directory }: LintReport, { path }: LintedFinding): string {
  return relative(directory, path).split(sep).join("/");
}

function jsonReport({ revisions, findings, measurement }: LintReport): string {
  const shown = findings.map(({ endLine, endColumn, ...finding }) => ({
    ...finding,
    end_line: endLine,
    end_column: endColumn,
  }));
  const measured = measurement && {
    server_version: measurement.serverVersion,
    failure: measurement.failure,
    statements: measurement.statements.map(({ locksAre, relations, ...statement }) => ({
      ...statement,
      locks_are: locksAre,
      relations: relations.map(({ label: _label, isRewritten, isEmptied, isRead, ...relation }) => ({
        ...relation,
        is_rewritten: isRewritten,
        is_emptied: isEmptied,
        is_read: isRead,
      })),
    })),
  };
  return jsonText({ revisions, findings: shown, measured } satisfies LintOutput);
}

const sarifLevels: Readonly<Record<LintLevel, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
  off: "none",
};

/** SARIF 2.1.0, which GitHub's code scanning and others read. */
function sarifReport(report: LintReport): string {
  const described = [...rules, ...textRules].map(({ code, title, happens, safe, level }) => ({
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: happens },
    help: { text: safe },
    defaultConfiguration: { enabled: level !== "off", level: sarifLevels[level] },
  }));
  const results = report.findings.map((finding) => ({
    ruleId: finding.code,
    level: sarifLevels[finding.level],
    message: { text: explained(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(urlPath(report, finding)) },
          region: {
            startLine: finding.line,
            startColumn: finding.column,
            endLine: finding.endLine,
            endColumn: finding.endColumn,
          },
        },
      },
    ],
    partialFingerprints: { "alembicFinding/v1": fingerprint(finding) },
  }));
  return jsonText({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "alembic-ts", version, rules: described } }, results }],
  });
}

const githubLevels: Readonly<Record<Level, string>> = { error: "error", warning: "warning", info: "notice" };

/** Workflow commands of GitHub Actions, which become annotations. */
function githubReport(report: LintReport): string {
  const data = (text: string): string =>
    text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
  return report.findings
    .map((finding) => {
      const { level, code, line, column, endLine } = finding;
      const at = `file=${property(urlPath(report, finding))},line=${String(line)},endLine=${String(endLine)},col=${String(column)}`;
      return `::${githubLevels[level]} ${at},title=${property(code)}::${data(explained(finding))}\n`;
    })
    .join("");
}

const gitlabLevels: Readonly<Record<Level, string>> = { error: "critical", warning: "major", info: "info" };

/** A code quality report of GitLab. */
function gitlabReport(report: LintReport): string {
  return jsonText(
    report.findings.map((finding) => ({
      description: explained(finding),
      check_name: finding.code,
      fingerprint: fingerprint(finding),
      severity: gitlabLevels[finding.level],
      location: {
        path: urlPath(report, finding),
        lines: { begin: finding.line, end: finding.endLine },
      },
    })),
  );
}

/** The same for the same finding, wherever lines above have moved it. */
function fingerprint({ code, revision, message, sql }: LintedFinding): string {
  return createHash("sha256")
    .update(JSON.stringify([code, revision, message, sql]))
    .digest("hex");
}

/** A suite for each revision, a failed test for each finding in it. */
function junitReport(report: LintReport): string {
  const attribute = (text: string): string =>
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("\n", "&#10;")
      // Characters that XML can't hold.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd");
  const suites = report.revisions.map((revision) => {
    const found = report.findings.filter((finding) => finding.revision === revision);
    const cases = found.map(
      (finding) =>
        `    <testcase classname="${attribute(revision)}" name="${attribute(`${finding.code} ${place(report, finding)}`)}">\n` +
        `      <failure type="${attribute(finding.level)}" message="${attribute(finding.message + measuredSentence(finding))}">${attribute(finding.safe)}</failure>\n` +
        `    </testcase>\n`,
    );
    const sound = `    <testcase classname="${attribute(revision)}" name="lint"/>\n`;
    return `  <testsuite name="${attribute(revision)}" tests="${String(Math.max(1, found.length))}" failures="${String(found.length)}">\n${cases.join("") || sound}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="alembic-ts lint">\n${suites.join("")}</testsuites>\n`;
}
