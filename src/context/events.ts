import type { DataTestName, DataTestOutcome } from "./dataTestOutcome";
import type { RoundTripOutcome } from "./roundTripOutcome";

/** The source of the embedded database where nothing names one. */
export const nothingNamed = "no database is named";

/** A database as it may be shown: never with a password. */
export interface DatabaseDescription {
  readonly kind: "server" | "embedded" | "sqlite";
  /** `shop_dev on localhost:5432`, say. */
  readonly name: string;
  /** What named it: `--url`, `DATABASE_URL`, `the config's url`, … */
  readonly source: string;
}

/** One step of a plan or a run. */
export interface StepSummary {
  readonly kind: "upgrade" | "downgrade" | "stamp";
  /** The revision whose function runs; undefined for a stamp to base. */
  readonly revision: string | undefined;
  readonly message: string;
  /** The revision's file; empty where there is none. */
  readonly path: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** What a command tells while it runs. */
export type CommandEvent =
  | { readonly kind: "database"; readonly database: DatabaseDescription }
  /** Something that takes a while and is not a step: another run's lock, the first start of the embedded database. */
  | { readonly kind: "waiting"; readonly reason: string }
  | {
      readonly kind: "stepStarted";
      readonly step: StepSummary;
      readonly index: number;
      readonly total: number;
    }
  | {
      readonly kind: "stepFinished";
      readonly step: StepSummary;
      readonly index: number;
      readonly total: number;
      readonly milliseconds: number;
    }
  | { readonly kind: "statement"; readonly text: string }
  | { readonly kind: "log"; readonly level: "info" | "warning"; readonly message: string }
  | { readonly kind: "fileWritten"; readonly path: string }
  | { readonly kind: "roundTripStarted"; readonly revision: string; readonly message: string }
  | { readonly kind: "roundTripFinished"; readonly outcome: RoundTripOutcome }
  | { readonly kind: "dataTestStarted"; readonly test: DataTestName }
  | { readonly kind: "dataTestFinished"; readonly outcome: DataTestOutcome };
