import { ObjectFileError } from "../autogenerate/objects/objectFileError";
import { AlembicError } from "../commands/alembic/alembicError";
import { UnknownRowError } from "../revision/unknownRow";
import { MigrationError } from "../run/migrationError";
import { LoadError } from "../project/errors";
import { knownSecrets } from "../machine/knownSecrets";
import { redactSecrets } from "../project/redact";
import { systemFailureOf, type OtherErrorCode } from "../project/systemFailure";
import { shownStatement } from "../sqlText/shownStatement";
import type { RunFailure } from "./protocol";

const unforeseen: OtherErrorCode = "internal-error";

/** A failure as data for the editor; positions count from zero there. */
export function describeFailure(error: unknown): RunFailure {
  if (!(error instanceof Error)) {
    return {
      code: unforeseen,
      message: redactSecrets(String(error), knownSecrets()),
      hint: undefined,
      location: undefined,
      sql: undefined,
    };
  }
  const code: unknown = Reflect.get(error, "code");
  const refusal = systemFailureOf(error);
  const hint: unknown = refusal?.hint ?? Reflect.get(error, "hint");
  const sql: unknown = Reflect.get(error, "sql");
  return {
    code: typeof code === "string" ? code : unforeseen,
    // What the user's own code throws may quote a whole URL.
    message: redactSecrets(refusal?.message ?? messageOf(error), knownSecrets()),
    hint: typeof hint === "string" ? hint : undefined,
    location: locationOf(error),
    sql: typeof sql === "string" ? shownStatement(redactSecrets(sql, knownSecrets())) : undefined,
    ...(error instanceof MigrationError ? { details: detailsOf(error) } : {}),
    ...proposalOf(error),
    ...(error instanceof UnknownRowError ? { unknownRow: error.row } : {}),
    ...(error instanceof AlembicError && error.row !== undefined ? { unknownRow: error.row } : {}),
  };
}

/** Entities know of a file that would fix their failure; its class is none of the engine's. */
function proposalOf(error: Error): Pick<RunFailure, "proposal"> {
  const proposal: unknown = Reflect.get(error, "proposal");
  if (typeof proposal !== "object" || proposal === null) {
    return {};
  }
  const path: unknown = Reflect.get(proposal, "path");
  const text: unknown = Reflect.get(proposal, "text");
  return typeof path === "string" && typeof text === "string" ? { proposal: { path, text } } : {};
}

function messageOf(error: Error): string {
  if (error instanceof UnknownRowError) {
    return `${error.cause ?? ""} ${error.message}.`.trimStart();
  }
  return error instanceof MigrationError && error.state !== undefined
    ? `${error.message.replace(/[^.!?:]$/, "$&.")} ${error.state}`
    : error.message;
}

function detailsOf(error: MigrationError): readonly string[] {
  const { message, serverDetail, serverHint, state, hint } = error;
  const lines = [
    message,
    serverDetail && `Detail: ${serverDetail}`,
    serverHint && `PostgreSQL's hint: ${serverHint}`,
    state,
    hint,
  ];
  return lines.flatMap((line) =>
    line === undefined || line === "" ? [] : [redactSecrets(line, knownSecrets())],
  );
}

function locationOf(error: Error): RunFailure["location"] {
  if ((error instanceof MigrationError || error instanceof AlembicError) && error.location !== undefined) {
    const { path, line, column } = error.location;
    return { path, line: line - 1, column: column - 1 };
  }
  if ((error instanceof LoadError || error instanceof ObjectFileError) && error.line !== undefined) {
    return { path: error.file, line: error.line - 1, column: (error.column ?? 1) - 1 };
  }
  return undefined;
}
