import type { CommandContext } from "../../context/commandContext";
import type { Dialect } from "../../database/connection";
import { changesRows } from "../../commute/rowStatements";
import type { Operation } from "../../operations/operation";
import type { GraphRevision, RevisionGraph } from "../../revision/graph";
import { refuseWhenCancelled, rethrowCancellation } from "../../roundTrip/cancellation";
import { irreversibleReason } from "../../roundTrip/failure";
import type { SchemaSnapshot } from "../../roundTrip/schemaSnapshot";
import { Scratch } from "../../roundTrip/scratch";
import { renderOperation } from "../../sql/renderOperation";
import type { RevisionRecorder } from "../../run/revisionRecorder";
import type { DataStep } from "../../context/squashCommand";
import type { FragmentScalar, SqlFragment } from "../../operations/sqlFragment";
import { tokenize } from "../../sqlText/lexer";

/** What a revision did, one thing after another. */
export type RecordedStep =
  | {
      readonly kind: "operation";
      readonly operation: Operation;
      /** It ran outside the transaction of the revision. */
      readonly isAutocommit: boolean;
      readonly isTried: boolean;
    }
  | { readonly kind: "typeorm"; readonly name: string; readonly method: "up" | "down" };

/** What one function of a revision did. */
export interface RecordedFunction {
  readonly revision: GraphRevision;
  readonly steps: readonly RecordedStep[];
}

/** A range of revisions as it ran, up and down, on a scratch database. */
export interface RecordedRange {
  readonly before: SchemaSnapshot;
  readonly upgraded: SchemaSnapshot;
  readonly upgrades: readonly RecordedFunction[];
  /** In the order in which they ran: last revision first. */
  readonly downgrades: readonly RecordedFunction[];
  readonly wayBack:
    | { readonly kind: "reverted"; readonly downgraded: SchemaSnapshot }
    /** A revision that throws, as authors do where there is no way back. */
    | { readonly kind: "irreversible"; readonly revision: string; readonly reason: string };
  readonly dataSteps: readonly DataStep[];
}

/**
 * Runs revisions up and down again on a scratch database that has what they stand on, and keeps what they do.
 * @param shared what they stand on, parents first
 * @param order the revisions, parents first
 * @throws MigrationError, DatabaseError, LoadError where one of them can't be applied, or its downgrade fails
 */
export async function recordRange(
  context: CommandContext,
  graph: RevisionGraph,
  { shared, order }: { readonly shared: readonly GraphRevision[]; readonly order: readonly GraphRevision[] },
): Promise<RecordedRange> {
  const scratch = await Scratch.open(context, graph);
  try {
    for (const revision of shared) {
      refuseWhenCancelled(context);
      await scratch.upgrade(revision);
    }
    const before = await scratch.snapshot();
    const dataSteps: DataStep[] = [];
    const upgrades: RecordedFunction[] = [];
    for (const revision of order) {
      refuseWhenCancelled(context);
      const recording = startRecording();
      await scratch.upgrade(revision, recording.recorder);
      upgrades.push({ revision, steps: recording.steps });
      dataSteps.push(...dataStepsOf(context, revision, "upgrade", recording, scratch));
    }
    const upgraded = await scratch.snapshot();
    const downgrades: RecordedFunction[] = [];
    for (const revision of order.toReversed()) {
      refuseWhenCancelled(context);
      const recording = startRecording();
      const reason = await irreversible(context, scratch, () =>
        scratch.downgrade(revision, recording.recorder),
      );
      if (reason !== undefined) {
        const wayBack = { kind: "irreversible", revision: revision.revision, reason } as const;
        return { before, upgraded, upgrades, downgrades, wayBack, dataSteps };
      }
      downgrades.push({ revision, steps: recording.steps });
      dataSteps.push(...dataStepsOf(context, revision, "downgrade", recording, scratch));
    }
    const wayBack = { kind: "reverted", downgraded: await scratch.snapshot() } as const;
    return { before, upgraded, upgrades, downgrades, wayBack, dataSteps };
  } finally {
    await scratch.close();
  }
}

/** Why there is no way back; undefined where it was gone. */
async function irreversible(
  context: CommandContext,
  scratch: Scratch,
  downgrade: () => Promise<void>,
): Promise<string | undefined> {
  try {
    await downgrade();
    return undefined;
  } catch (error) {
    rethrowCancellation(context, error);
    const reason = scratch.statementCount === 0 ? irreversibleReason(error) : undefined;
    if (reason === undefined) {
      throw error;
    }
    return reason;
  }
}

interface Recording {
  readonly recorder: RevisionRecorder;
  readonly steps: RecordedStep[];
  /** Statements of the revision's own code, which no operation makes. */
  readonly ownStatements: string[];
}

function startRecording(): Recording {
  const steps: RecordedStep[] = [];
  const ownStatements: string[] = [];
  return {
    steps,
    ownStatements,
    recorder: {
      operation: (operation, { autocommit, isTried }) => {
        steps.push({ kind: "operation", operation, isAutocommit: autocommit, isTried: isTried === true });
      },
      typeorm: (name, method) => {
        steps.push({ kind: "typeorm", name, method });
      },
      connection: (text, values) => {
        const sql = changesRows(text) ? fragmentOf(text, values) : undefined;
        if (sql === undefined) {
          ownStatements.push(text);
        } else {
          steps.push({
            kind: "operation",
            operation: { kind: "execute", sql },
            isAutocommit: false,
            isTried: false,
          });
        }
      },
    },
  };
}

/** A statement with parameters as the SQL of `op.execute`; undefined where a value has no plain form. */
function fragmentOf(statement: string, values: readonly unknown[]): SqlFragment | undefined {
  const text = [""];
  const used: FragmentScalar[] = [];
  for (const token of tokenize(statement)) {
    if (token.kind !== "parameter") {
      text.push(`${text.pop() ?? ""}${token.text}`);
      continue;
    }
    const value = values[Number(token.text.slice(1)) - 1];
    if (
      value !== null &&
      typeof value !== "string" &&
      typeof value !== "number" &&
      typeof value !== "boolean"
    ) {
      return undefined;
    }
    used.push(value);
    text.push("");
  }
  return { kind: "sql", text, values: used };
}

function dataStepsOf(
  { config }: CommandContext,
  { revision, message }: GraphRevision,
  direction: DataStep["direction"],
  { steps, ownStatements }: Recording,
  scratch: Scratch,
): readonly DataStep[] {
  // Of the table that records how far a revision has come which runs without a transaction.
  const isLedger = (statement: string): boolean => statement.includes(`${config.versionTable}_steps`);
  const { dialect } = scratch.connection;
  const kept = steps.some(({ kind }) => kind === "typeorm")
    ? scratch.statements.filter((statement) => changesRows(statement) && !isLedger(statement))
    : steps.flatMap((step) => (step.kind === "operation" ? rowStatements(step.operation, dialect) : []));
  return [
    ...kept.map((statement) => ({ revision, message, direction, statement, isKept: true })),
    ...ownStatements.map((statement) => ({ revision, message, direction, statement, isKept: false })),
  ];
}

/** The statements of an operation that change rows which its author has named. */
function rowStatements(operation: Operation, dialect: Dialect): readonly string[] {
  switch (operation.kind) {
    case "bulkInsert":
      return [`INSERT INTO ${operation.table} (${String(operation.rows.length)} rows)`];
    case "execute":
      return renderOperation(operation, dialect, { offline: true })
        .map(({ text }) => text)
        .filter(changesRows);
    default:
      return [];
  }
}
