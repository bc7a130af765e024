import type { DataTestName } from "../context/dataTestOutcome";
import { nothingNamed, type CommandEvent, type DatabaseDescription } from "../context/events";
import type { Report } from "../context/commandTable";
import { describeStep } from "../revision/describe";
import type { OutputStream } from "./terminal";
import { terminalText } from "./terminalText";

const spinnerFrames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const spinnerMilliseconds = 80;

export interface Progress {
  readonly report: Report;
  /** Takes away what is still moving. */
  stop(): void;
}

/** Progress on stderr: a moving line on a terminal, plain lines elsewhere, nothing when quiet. */
export function createProgress(stream: OutputStream, isQuiet: boolean): Progress {
  if (isQuiet) {
    return { report: () => undefined, stop: () => undefined };
  }
  return stream.isTTY === true ? movingProgress(stream) : plainProgress(stream);
}

function plainProgress(stream: OutputStream): Progress {
  return {
    report(event) {
      const line = plainLine(event);
      if (line !== undefined) {
        stream.write(`${line}\n`);
      }
    },
    stop: () => undefined,
  };
}

function plainLine(event: CommandEvent): string | undefined {
  switch (event.kind) {
    case "database":
      return embeddedNote(event.database);
    case "waiting":
      return `INFO  ${terminalText(capitalise(event.reason))} …`;
    case "stepStarted":
      return `INFO  ${terminalText(describeStep(event.step))}`;
    case "log":
      return `${event.level === "warning" ? "WARNING" : "INFO "} ${terminalText(event.message)}`;
    case "roundTripStarted":
      return `INFO  Trying ${terminalText(describeTrip(event))}`;
    case "dataTestStarted":
      return `INFO  Testing ${terminalText(describeTest(event.test))}`;
    case "stepFinished":
    case "statement":
    case "fileWritten":
    case "roundTripFinished":
    case "dataTestFinished":
      return undefined;
  }
}

function movingProgress(stream: OutputStream): Progress {
  let timer: NodeJS.Timeout | undefined;
  let frame = 0;
  const clear = "\r\u001b[2K";

  function stop(): void {
    if (timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
      stream.write(clear);
    }
  }
  function spin(text: string): void {
    stop();
    const draw = (): void => {
      frame = (frame + 1) % spinnerFrames.length;
      stream.write(`${clear}${spinnerFrames[frame] ?? ""} ${text}`);
    };
    draw();
    timer = setInterval(draw, spinnerMilliseconds);
    timer.unref();
  }
  return {
    report(event) {
      switch (event.kind) {
        case "waiting":
          spin(`${terminalText(capitalise(event.reason))} …`);
          break;
        case "stepStarted":
          spin(
            `[${String(event.index + 1)}/${String(event.total)}] ${terminalText(describeStep(event.step))}`,
          );
          break;
        case "stepFinished":
          stop();
          stream.write(
            `✓ ${terminalText(describeStep(event.step))}  (${String(Math.round(event.milliseconds))} ms)\n`,
          );
          break;
        case "database":
        case "log": {
          stop();
          const line = plainLine(event);
          if (line !== undefined) {
            stream.write(`${line}\n`);
          }
          break;
        }
        case "roundTripStarted":
          spin(`Trying ${terminalText(describeTrip(event))}`);
          break;
        case "dataTestStarted":
          spin(`Testing ${terminalText(describeTest(event.test))}`);
          break;
        case "roundTripFinished":
        case "dataTestFinished":
          stop();
          break;
        case "statement":
        case "fileWritten":
          break;
      }
    },
    stop,
  };
}

function describeTrip({
  revision,
  message,
}: {
  readonly revision: string;
  readonly message: string;
}): string {
  return message === "" ? revision : `${revision}, ${message}`;
}

function embeddedNote(database: DatabaseDescription): string | undefined {
  if (database.kind !== "embedded") {
    return undefined;
  }
  return database.source === nothingNamed
    ? "INFO  No database is named: using the embedded PostgreSQL in .alembic/."
    : `INFO  Using the embedded PostgreSQL in .alembic/, named by ${database.source}.`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function describeTest({ revision, name = "" }: DataTestName): string {
  return `${revision}, ${name}`;
}
