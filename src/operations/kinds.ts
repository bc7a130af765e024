import { batchKinds } from "./batch/batchKinds";
import { columnKinds } from "./column/columnKinds";
import { constraintKinds } from "./constraint/constraintKinds";
import { indexKinds } from "./index/indexKinds";
import type { KindTable, OperationKind } from "./kind";
import type { Operation } from "./operation";
import { policyKinds } from "./policy/policyKinds";
import { call } from "./printing/printedCall";
import { routineKinds } from "./routine/routineKinds";
import { rowKinds } from "./rows/rowKinds";
import { schemaKinds } from "./schema/schemaKinds";
import { sequenceKinds } from "./sequence/sequenceKinds";
import { tableKinds } from "./table/tableKinds";
import { typeKinds } from "./type/typeKinds";
import { viewKinds } from "./view/viewKinds";

/** Every kind of operation. */
const kinds: KindTable<Operation> = {
  ...tableKinds,
  ...columnKinds,
  ...constraintKinds,
  ...indexKinds,
  ...batchKinds,
  ...rowKinds,
  ...typeKinds,
  ...viewKinds,
  ...sequenceKinds,
  ...routineKinds,
  ...policyKinds,
  ...schemaKinds,
  custom: {
    invert: () => undefined,
    calls: ({ name, ...rest }) => [call("custom", [name], rest)],
    subject: ({ name }) => name,
  },
};

/** Whether this is the kind of an operation, for records that the compiler has not seen. */
export function isOperationKind(kind: unknown): boolean {
  return typeof kind === "string" && Object.hasOwn(kinds, kind);
}

/** What the program knows of an operation's kind. */
export function kindOf(operation: Operation): OperationKind<Operation> {
  return kinds[operation.kind];
}
