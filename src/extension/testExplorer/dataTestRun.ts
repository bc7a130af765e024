import * as vscode from "vscode";
import type { DataTestName, DataTestOutcome } from "../../context/dataTestOutcome";
import type { CommandRunner } from "../actions/commandRunner";
import type { Project } from "../project/project";
import type { DataTest } from "./testItems";
import { locationIn, type TestReport } from "./testReport";

/** A row that stands for a test with data. */
export interface DataTestRow {
  readonly item: vscode.TestItem;
  readonly subject: DataTest;
}

/** Runs tests with data, one after the other, each on a scratch database of its own. */
export async function runDataTests(
  runner: CommandRunner,
  project: Project,
  rows: readonly DataTestRow[],
  report: TestReport,
  token: vscode.CancellationToken,
): Promise<void> {
  const response = await runner.execute(
    project,
    "dataTests",
    { revisions: [...new Set(rows.map(({ subject }) => subject.revision))], only: filesOf(rows) },
    {
      title: vscode.l10n.t("Testing revisions"),
      progress: "window",
      token,
      unsaved: project.unsavedFiles,
      onEvent: (event) => {
        report.noteEvent(event);
        if (event.kind === "dataTestStarted") {
          rowsOf(rows, event.test).forEach(({ item }) => report.start(item));
        } else if (event.kind === "dataTestFinished") {
          const { outcome } = event;
          rowsOf(rows, outcome)
            .filter(({ subject }) => subject.name !== undefined)
            .forEach(({ item }) => noteOutcome(report, project, item, outcome));
        }
      },
    },
  );
  if (response.kind === "failed") {
    rows.forEach(({ item }) => report.endWithError(item, response.failure));
  } else if (response.kind === "ok") {
    for (const { item, subject } of rows.filter((row) => row.subject.name === undefined)) {
      noteFile(
        report,
        project,
        item,
        response.result.outcomes.filter(({ path }) => path === subject.path),
      );
    }
  }
}

/** Of each file the tests that are wanted; all, where the row is the file's. */
function filesOf(
  rows: readonly DataTestRow[],
): readonly { readonly path: string; readonly names?: readonly string[] }[] {
  const paths = [...new Set(rows.map(({ subject }) => subject.path))];
  return paths.map((path) => {
    const names = rows.filter(({ subject }) => subject.path === path).map(({ subject }) => subject.name);
    const known = names.filter((name) => name !== undefined);
    return known.length < names.length ? { path } : { path, names: known };
  });
}

/** The rows that an event is about: of one without a name, which is of a file that could not be loaded, all of the file. */
function rowsOf(rows: readonly DataTestRow[], { path, name }: DataTestName): readonly DataTestRow[] {
  return rows.filter(
    ({ subject }) => subject.path === path && (name === undefined || (subject.name ?? name) === name),
  );
}

/** A file of whose tests the text says nothing ends as the first of them that does not pass. */
function noteFile(
  report: TestReport,
  project: Project,
  item: vscode.TestItem,
  outcomes: readonly DataTestOutcome[],
): void {
  const outcome = outcomes.find(({ kind }) => kind !== "passed") ?? outcomes[0];
  if (outcome !== undefined) {
    noteOutcome(report, project, item, outcome);
  }
}

function noteOutcome(
  report: TestReport,
  project: Project,
  item: vscode.TestItem,
  outcome: DataTestOutcome,
): void {
  switch (outcome.kind) {
    case "passed":
      report.pass(item, outcome.milliseconds);
      return;
    case "blocked": {
      const text = vscode.l10n.t(
        "The revisions before {0} can't be applied: {1}",
        outcome.revision,
        outcome.reason,
      );
      report.error(item, report.message(item, text, undefined));
      return;
    }
    case "failed": {
      const { message, sql, hint, values, location } = outcome.failure;
      const text = [message, sql, hint].filter((part) => part !== undefined).join("\n");
      const place = location === undefined ? placeOf(item) : locationIn(project, location);
      report.fail(item, report.message(item, text, values), place, outcome.milliseconds);
    }
  }
}

function placeOf({ uri, range }: vscode.TestItem): vscode.Location | undefined {
  return uri === undefined || range === undefined ? undefined : new vscode.Location(uri, range);
}
