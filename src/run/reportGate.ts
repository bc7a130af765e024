import type { Report } from "../context/commandTable";
import type { CommandEvent } from "../context/events";

/** Passes events on in their order, and those of a step only when all steps before it are known to have worked. */
export interface ReportGate {
  readonly report: Report;
  /**
   * Ends a step whose statements are not answered yet: what is reported from now on is of the next one.
   * @param finished the last event of the step, made when it is answered
   */
  endStep(answered: Promise<void>, finished: () => CommandEvent): void;
}

/**
 * Makes the gate before a report. While the server is busy with a step the next one is begun; if the first then fails,
 * nobody is to read that the other has run.
 */
export function createReportGate(report: Report): ReportGate {
  /** Of the step that reports now, while one before it is not answered. */
  let held: CommandEvent[] | undefined;
  return {
    report(event) {
      if (held === undefined) {
        report(event);
      } else {
        held.push(event);
      }
    },
    endStep(answered, finished) {
      const events: CommandEvent[] = [];
      held = events;
      const release = (): void => {
        if (held === events) {
          held = undefined;
        }
      };
      answered.then(
        () => {
          report(finished());
          events.forEach((event) => report(event));
          release();
        },
        () => {
          held = undefined;
        },
      );
    },
  };
}
