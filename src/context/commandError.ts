/** What a command itself refuses; failures of the graph, the config and the database have classes of their own. */
export type CommandErrorCode =
  | "not-at-head"
  | "range-needs-sql"
  | "sql-needs-range"
  | "purge-with-sql"
  | "not-up-to-date"
  | "unknown-rename"
  | "rename-onto-existing"
  | "unknown-drop"
  | "undecided-drops"
  | "open-questions"
  | "empty-globs"
  | "new-operations"
  | "unknown-template"
  | "directory-not-empty"
  | "file-exists"
  | "unfit-agent-file"
  | "moved-on"
  | "plan-changed"
  | "invalid-plan-id"
  | "needs-approval"
  | "nothing-to-edit"
  | "editor-failed"
  | "invalid-version-path"
  | "no-databases"
  | "several-databases"
  | "needs-postgresql"
  | "backup-failed"
  | "database-not-named"
  | "revisions-exist"
  | "migrations-with-holes"
  | "python-project"
  | "unknown-since"
  | "database-not-empty"
  | "production-database"
  | "no-such-test"
  | "revisions-not-applied"
  | "same-databases"
  | "conflicting-options"
  | "branches-do-not-commute"
  | "unknown-side"
  | "branch-not-movable"
  | "applied-revisions"
  | "database-not-asked"
  | "data-steps"
  | "squash-differs"
  | "replaced-revisions-needed";

/** A command that can't be run as asked. Where Alembic has the same error, the message is in Alembic's words. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(
    readonly code: CommandErrorCode,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
