import * as vscode from "vscode";
import type { CommandEvent } from "../../context/events";
import type { RunFailure } from "../../engine/protocol";
import type { Project } from "../project/project";
import type { Log } from "../shared/log";

/** A place in a file of a project, whose line and column count from one. */
export function locationIn(
  project: Project,
  { path, line, column }: { readonly path: string; readonly line: number; readonly column: number },
): vscode.Location {
  return new vscode.Location(project.uriOf(path), new vscode.Position(line - 1, column - 1));
}

/** What a run tells the Test Explorer; each test that was enqueued ends once. */
export class TestReport {
  private readonly unfinished = new Set<vscode.TestItem>();

  constructor(
    private readonly log: Log,
    private readonly testRun: vscode.TestRun,
    private readonly project: Project,
  ) {}

  enqueue(item: vscode.TestItem): void {
    this.unfinished.add(item);
    this.testRun.enqueued(item);
  }

  start(item: vscode.TestItem): void {
    this.testRun.started(item);
  }

  pass(item: vscode.TestItem, milliseconds: number): void {
    this.unfinished.delete(item);
    this.testRun.passed(item, milliseconds);
  }

  fail(
    item: vscode.TestItem,
    message: vscode.TestMessage,
    location: vscode.Location | undefined,
    milliseconds: number,
  ): void {
    if (location !== undefined) {
      message.location = location;
    }
    this.unfinished.delete(item);
    this.testRun.failed(item, message, milliseconds);
  }

  skip(item: vscode.TestItem): void {
    this.unfinished.delete(item);
    this.testRun.skipped(item);
  }

  error(item: vscode.TestItem, message: vscode.TestMessage): void {
    this.unfinished.delete(item);
    this.testRun.errored(item, message);
  }

  /** The command failed as a whole; a test that has ended before keeps its end. */
  endWithError(item: vscode.TestItem, failure: RunFailure): void {
    if (!this.unfinished.has(item)) {
      return;
    }
    const text = failure.hint === undefined ? failure.message : `${failure.message}\n${failure.hint}`;
    const message = new vscode.TestMessage(this.log.clean(text));
    if (failure.location !== undefined) {
      const { path, line, column } = failure.location;
      message.location = new vscode.Location(this.project.uriOf(path), new vscode.Position(line, column));
    }
    this.error(item, message);
  }

  /** Tests that were cancelled, or that nothing was heard of. */
  skipUnfinished(): void {
    for (const item of this.unfinished) {
      this.testRun.skipped(item);
    }
    this.unfinished.clear();
  }

  /** The message of a failure, which is printed as well; with a difference, if two texts are to be compared. */
  message(
    item: vscode.TestItem,
    text: string,
    difference: { readonly expected: string; readonly actual: string } | undefined,
  ): vscode.TestMessage {
    const clean = this.log.clean(text);
    this.print(clean, item);
    return difference === undefined
      ? new vscode.TestMessage(clean)
      : vscode.TestMessage.diff(
          clean,
          this.log.clean(difference.expected),
          this.log.clean(difference.actual),
        );
  }

  noteEvent(event: CommandEvent): void {
    switch (event.kind) {
      case "waiting":
        this.print(event.reason);
        return;
      case "log":
        this.print(event.message);
        return;
      default:
        return;
    }
  }

  /** The output of a test run is a terminal's, which goes back to the line's start only when told to. */
  print(text: string, item?: vscode.TestItem): void {
    const lines = this.log.clean(text).replaceAll(/\r\n|\r|\n/g, "\r\n");
    this.testRun.appendOutput(`${lines}\r\n`, undefined, item);
  }
}
