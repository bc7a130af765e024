import type {
  AlterSequence,
  CreateSequence,
  SequenceOperation,
  SequenceOwner,
} from "../../operations/sequence/sequence";
import { quoteIdentifier, quoteQualifiedName } from "../quote";
import { words } from "../sqlText";
import { sequenceClauses } from "./column";
import { dropNamed } from "./statementsOf";
import type { StatementsOf } from "./statementsOf";

/** PostgreSQL's statements for each operation on sequences. */
export const sequenceStatements: StatementsOf<SequenceOperation> = {
  createSequence,
  alterSequence,
  dropSequence: dropNamed("SEQUENCE"),
};

function createSequence(operation: CreateSequence): readonly string[] {
  const create = words(
    "CREATE SEQUENCE",
    operation.ifNotExists === true && "IF NOT EXISTS",
    quoteQualifiedName(operation.schema, operation.name),
    ...sequenceClauses(operation),
    ownedBy(operation.ownedBy),
  );
  return [create];
}

function alterSequence(operation: AlterSequence): readonly string[] {
  const { restart } = operation;
  const clauses = words(
    ...sequenceClauses(operation),
    restart !== undefined && (restart === true ? "RESTART" : `RESTART WITH ${restart}`),
    ownedBy(operation.ownedBy),
  );
  return clauses === ""
    ? []
    : [`ALTER SEQUENCE ${quoteQualifiedName(operation.schema, operation.name)} ${clauses}`];
}

function ownedBy(owner: SequenceOwner | null | undefined): string | undefined {
  if (owner === undefined) {
    return undefined;
  }
  return owner === null
    ? "OWNED BY NONE"
    : `OWNED BY ${quoteQualifiedName(owner.schema, owner.table)}.${quoteIdentifier(owner.column)}`;
}
