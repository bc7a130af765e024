import type { Turn } from "../operations/operationQueue";
import type { Operation } from "../operations/operation";

/** Told, in the order in which they run, of what a revision does. */
export interface RevisionRecorder {
  operation(operation: Operation, turn: Turn): void;
  /** A method of an adopted TypeORM migration. */
  typeorm(name: string, method: "up" | "down"): void;
  /** A statement that the revision sends through `connection`. */
  connection(text: string, values: readonly unknown[]): void;
}
