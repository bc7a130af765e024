import type { Operation } from "./operation";
import type { CustomOperations, OperationControls, Operations } from "./operations";

/** The methods of `op` that each make one operation. */
export type MakerName = Exclude<Exclude<keyof Operations, keyof OperationControls>, keyof CustomOperations>;

/** For methods of `op`: the same arguments, giving the record. */
export type Makers<Name extends MakerName> = {
  readonly [Key in Name]: (...input: Parameters<Operations[Key]>) => Operation;
};
