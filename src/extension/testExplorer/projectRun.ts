import * as vscode from "vscode";
import type { WholeRunOutcome } from "../../context/commandTable";
import type { RoundTripFailure, RoundTripOutcome } from "../../context/roundTripOutcome";
import { TextPositions } from "../project/textPositions";
import type { Project } from "../project/project";
import type { Services } from "../services";
import { runDataTests, type DataTestRow } from "./dataTestRun";
import { schemaDifference } from "./schemaDifference";
import type { TestItems } from "./testItems";
import { locationIn, TestReport } from "./testReport";

/** One run of tests of one project. */
export class ProjectRun {
  private readonly report: TestReport;

  constructor(
    private readonly services: Services,
    private readonly items: TestItems,
    testRun: vscode.TestRun,
    private readonly project: Project,
    private readonly token: vscode.CancellationToken,
  ) {
    this.report = new TestReport(services.log, testRun, project);
  }

  async run(items: readonly vscode.TestItem[]): Promise<void> {
    const roundTrips = new Map<string, vscode.TestItem>();
    const others: vscode.TestItem[] = [];
    const dataTests: DataTestRow[] = [];
    let wholeRun: vscode.TestItem | undefined;
    for (const item of items) {
      this.report.enqueue(item);
      const subject = this.items.subjectOf(item);
      if (subject?.kind === "roundTrip") {
        roundTrips.set(subject.revision, item);
      } else if (subject?.kind === "wholeRun") {
        wholeRun = item;
      } else if (subject?.kind === "dataTest") {
        dataTests.push({ item, subject });
      } else {
        others.push(item);
      }
    }
    for (const item of others) {
      await this.runOne(item);
    }
    const hasTrips = roundTrips.size > 0 || wholeRun !== undefined;
    if (hasTrips && !this.token.isCancellationRequested) {
      await this.runRoundTrips(roundTrips, wholeRun);
    }
    if (dataTests.length > 0 && !this.token.isCancellationRequested) {
      await runDataTests(this.services.runner, this.project, dataTests, this.report, this.token);
    }
    this.report.skipUnfinished();
  }

  private async runOne(item: vscode.TestItem): Promise<void> {
    if (this.token.isCancellationRequested) {
      return;
    }
    this.report.start(item);
    if (this.items.subjectOf(item)?.kind === "singleHead") {
      this.testHeads(item);
    } else {
      await this.testAutogenerate(item);
    }
  }

  /** The files alone tell. */
  private testHeads(item: vscode.TestItem): void {
    const { heads } = this.project.graph;
    if (heads.length < 2) {
      this.report.pass(item, 0);
      return;
    }
    const message = new vscode.TestMessage(
      vscode.l10n.t("There are {0} heads: {1}", heads.length, heads.join(", ")),
    );
    const location = this.placeIn(this.project.pathOfRevision(heads.at(-1) ?? ""), "revision");
    this.report.fail(item, message, location, 0);
  }

  private async testAutogenerate(item: vscode.TestItem): Promise<void> {
    const started = performance.now();
    const response = await this.services.runner.execute(
      this.project,
      "check",
      { offline: true },
      {
        title: vscode.l10n.t("Comparing the entities with the revisions"),
        progress: "window",
        token: this.token,
        unsaved: this.project.unsavedFiles,
        onEvent: (event) => this.report.noteEvent(event),
      },
    );
    const milliseconds = performance.now() - started;
    if (response.kind === "failed") {
      this.report.endWithError(item, response.failure);
    } else if (response.kind === "ok") {
      const { operations, undecided } = response.result;
      if (operations.length + undecided.length === 0) {
        this.report.pass(item, milliseconds);
      } else {
        const text =
          operations.length === 0
            ? vscode.l10n.t("No entity describes what revisions created")
            : vscode.l10n.t("The entities describe what no revision creates");
        const made = undecided.map(({ kind, name }) => `${kind} ${name}`);
        const message = vscode.TestMessage.diff(text, "", [...operations, ...made].join("\n"));
        this.report.fail(item, message, undefined, milliseconds);
      }
    }
  }

  /** @param wholeRun the run of all revisions in one go, if it is wanted: each is tried by itself before */
  private async runRoundTrips(
    items: ReadonlyMap<string, vscode.TestItem>,
    wholeRun: vscode.TestItem | undefined,
  ): Promise<void> {
    const response = await this.services.runner.execute(
      this.project,
      "roundTrip",
      wholeRun === undefined ? { revisions: [...items.keys()] } : {},
      {
        title: vscode.l10n.t("Testing revisions"),
        progress: "window",
        token: this.token,
        unsaved: this.project.unsavedFiles,
        onEvent: (event) => {
          this.report.noteEvent(event);
          if (event.kind === "roundTripStarted") {
            const item = items.get(event.revision);
            if (item !== undefined) {
              this.report.start(item);
            }
          } else if (event.kind === "roundTripFinished") {
            this.noteOutcome(items, event.outcome);
          }
        },
      },
    );
    if (response.kind === "failed") {
      for (const item of [...items.values(), ...(wholeRun === undefined ? [] : [wholeRun])]) {
        this.report.endWithError(item, response.failure);
      }
    } else if (response.kind === "ok" && wholeRun !== undefined) {
      this.noteWholeRun(wholeRun, response.result.wholeRun);
    }
  }

  /** Without an outcome it was not made: there is one revision only, or not all can be applied. */
  private noteWholeRun(item: vscode.TestItem, outcome: WholeRunOutcome | undefined): void {
    if (outcome?.kind === "passed") {
      this.report.pass(item, 0);
    } else if (outcome?.kind === "failed") {
      this.failRoundTrip(item, outcome.failure, 0, this.project.pathOfRevision(outcome.revision ?? ""));
    }
  }

  private noteOutcome(items: ReadonlyMap<string, vscode.TestItem>, outcome: RoundTripOutcome): void {
    const item = items.get(outcome.revision);
    if (item === undefined) {
      return;
    }
    switch (outcome.kind) {
      case "passed":
        this.report.pass(item, outcome.milliseconds);
        return;
      case "failed":
        this.failRoundTrip(item, outcome.failure, outcome.milliseconds);
        return;
      case "irreversible":
        this.report.print(
          vscode.l10n.t("{0} can't be reverted: {1}", outcome.revision, outcome.reason),
          item,
        );
        this.report.skip(item);
        return;
      case "blocked":
        this.report.error(
          item,
          new vscode.TestMessage(vscode.l10n.t("It follows {0}, which can't be applied.", outcome.by)),
        );
    }
  }

  private failRoundTrip(
    item: vscode.TestItem,
    failure: RoundTripFailure,
    milliseconds: number,
    path = this.pathOf(item),
  ): void {
    const { location, schema, phase, changes = [] } = failure;
    const text = [failure.message, ...changes.map((change) => change.text), failure.sql, failure.hint]
      .filter((part) => part !== undefined)
      .join("\n");
    const difference = schema && schemaDifference(schema.expected, schema.actual);
    const place =
      location === undefined
        ? this.placeIn(path, phase === "downgrade" ? "downgrade" : "upgrade")
        : locationIn(this.project, location);
    this.report.fail(item, this.report.message(item, text, difference), place, milliseconds);
  }

  private pathOf(item: vscode.TestItem): string | undefined {
    const subject = this.items.subjectOf(item);
    return subject?.kind === "roundTrip" ? this.project.pathOfRevision(subject.revision) : undefined;
  }

  /** Where a revision's file has its function or its id. */
  private placeIn(
    path: string | undefined,
    part: "upgrade" | "downgrade" | "revision",
  ): vscode.Location | undefined {
    const file = path === undefined ? undefined : this.project.index.file(path);
    if (path === undefined || file?.header === undefined) {
      return undefined;
    }
    const { revision, [part]: wanted } = file.header;
    const range = wanted === undefined || "value" in wanted ? revision.range : wanted;
    return new vscode.Location(this.project.uriOf(path), new TextPositions(file.text).range(range));
  }
}
