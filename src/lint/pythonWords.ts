/** What the rules advise to write, and what it is in a revision of Python's Alembic. */
const words: readonly (readonly [typescript: string, python: string])[] = [
  [
    "(`concurrently: true`), which runs outside the transaction",
    "(`postgresql_concurrently=True`) in an `op.get_context().autocommit_block()`",
  ],
  ["`concurrently: true`", "`postgresql_concurrently=True`"],
  ["`unique: true, concurrently: true`", "`unique=True, postgresql_concurrently=True`"],
  ["`notValid: true`", "`postgresql_not_valid=True`"],
  ["`op.validateConstraint`", "ALTER TABLE … VALIDATE CONSTRAINT"],
  ["`op.autocommitBlock`", "`op.get_context().autocommit_block()`"],
  [
    "`op.alterColumn` with `type`, and add `using`",
    "`op.alter_column` with `type_`, and add `postgresql_using`",
  ],
  ["`transactionPerMigration`", "`transaction_per_migration`"],
];

/** The text of a rule for a reader who writes Python. */
export function inPythonWords(text: string): string {
  return words.reduce((said, [typescript, python]) => said.replaceAll(typescript, python), text);
}
