import { withoutNetwork, connectionRefusal, type RefuseConnection } from "../machine/closedNetwork";
import { withoutPrograms, type RefuseProgram } from "../machine/closedPrograms";
import type { MigrationFunction } from "../project/migration";
import { MigrationError } from "./migrationError";

/** Why a revision's code may reach nothing but what it is given. */
export type ClosedBecause = "scratch" | "script";

/** A revision whose code may reach nothing but what it is given. */
export interface ClosedRevision {
  readonly revision: string;
  readonly because: ClosedBecause;
  /** The coding agent that gave the command: for it, the code starts no programs either, which nothing closes. */
  readonly agent: string | undefined;
}

/**
 * A revision's function that opens no connection of its own: on a scratch database, and where only a script is wanted, it
 * would change a database that nobody named.
 */
export function closedFunction(migrate: MigrationFunction, revision: ClosedRevision): MigrationFunction {
  return (migration) => closed(revision, () => migrate(migration));
}

/** What code is called where it is refused a connection, and what it has to use instead. */
export interface ClosedCode {
  readonly subject: string;
  readonly hint: string;
}

/** Runs code of a revision, or one that belongs to it, for which the same holds. */
export function closed<Result>(
  { revision, because, agent }: ClosedRevision,
  work: () => Result,
  code: ClosedCode = revisionCode(revision),
): Result {
  guardDataSources();
  const refuse = refusalOf(revision, because, code);
  return agent === undefined
    ? withoutNetwork(refuse, work)
    : withoutPrograms(programRefusal(revision, agent, code), () => withoutNetwork(refuse, work));
}

function programRefusal(revision: string, agent: string, { subject }: ClosedCode): RefuseProgram {
  return (program) =>
    new MigrationError(
      "starts-programs",
      `${subject} starts ${program}: refused, because a coding agent (${agent}) gave the command and a program may change any database.`,
      {
        revision,
        hint: "Start no programs in revisions, or ask a person to run this command in their own terminal.",
      },
    );
}

function revisionCode(revision: string): ClosedCode {
  return {
    subject: `Revision ${revision}`,
    hint: "Use `op`, `connection`, or the query runner of a TypeORM migration instead. Other connections are allowed only in a real `upgrade` or `downgrade`.",
  };
}

function refusalOf(
  revision: string,
  because: ClosedBecause,
  { subject, hint }: ClosedCode,
): RefuseConnection {
  const reason =
    because === "scratch"
      ? "it runs on a scratch database and must not change another one"
      : "only its statements are collected and no database may change";
  return (place) =>
    new MigrationError(
      "connects-elsewhere",
      `${subject} opens its own connection to ${place}: refused, because ${reason}.`,
      { revision, hint },
    );
}

interface Initializable {
  initialize: (this: Initializable) => Promise<unknown>;
  readonly options?: { readonly type?: unknown; readonly database?: unknown };
}

const guarded = new WeakSet<object>();

/** A file of SQLite is reached without the network: the project's TypeORM, whichever it is, is asked first. */
function guardDataSources(): void {
  for (const [path, module] of Object.entries(require.cache)) {
    const isDataSource = /[\\/]data-source[\\/]DataSource\.js$/.test(path);
    const exported: unknown = isDataSource ? module?.exports : undefined;
    const made: unknown = isRecord(exported) ? exported["DataSource"] : undefined;
    const prototype: unknown = typeof made === "function" ? made.prototype : undefined;
    if (isInitializable(prototype) && !guarded.has(prototype)) {
      guarded.add(prototype);
      guard(prototype);
    }
  }
}

function guard(prototype: Initializable): void {
  const { initialize } = prototype;
  prototype.initialize = async function (this: Initializable) {
    const refuse = connectionRefusal();
    const { type, database } = this.options ?? {};
    if (refuse !== undefined) {
      throw refuse(
        `${typeof database === "string" ? `"${database}"` : "the database"} of a DataSource (${String(type)})`,
      );
    }
    return initialize.call(this);
  };
}

function isInitializable(value: unknown): value is Initializable {
  return isRecord(value) && typeof value["initialize"] === "function";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
