/** Where this program is not to do what was recorded, and why. */
export interface Deviation {
  readonly scenario: string;
  readonly command: string;
  /** Which of several equal commands of the scenario, from one; all where not given. */
  readonly occurrence?: number;
  /** `defect`: Alembic's own, not to be copied; `python`: means something in Python only; `more`: we do more. */
  readonly kind: "defect" | "python" | "more";
  readonly reason: string;
  readonly exitCode?: number;
  readonly rows?: readonly string[];
  /** Alembic has made the version table, and this program has not, nor have the reading commands after this one. */
  readonly hasNoTable?: true;
  readonly newFiles?: readonly string[];
  readonly steps?: "not compared";
  /** What both streams together say, instead of the recorded lines. */
  readonly output?: RegExp;
}

/**
 * An error that Alembic does not expect ends it with a traceback and Python's status 1. Here every failure of a command has
 * the status of `FAILED`.
 */
export const exitCodeOfTraceback = 255;

const table = `  await op.createTable("account", {
    columns: { id: { type: "serial", primaryKey: true }, name: { type: "varchar(50)", nullable: false } },
  });`;

/** Each body of the recording, by its Python text. */
export const translatedBodies: ReadonlyMap<string, string> = new Map([
  ["pass", ""],
  [
    "op.create_table('account', sa.Column('id', sa.Integer(), nullable=False), sa.Column('name', sa.String(50), nullable=False), sa.PrimaryKeyConstraint('id'))",
    table,
  ],
  ["op.drop_table('account')", `  await op.dropTable("account");`],
  [
    "op.add_column('account', sa.Column('last_transaction_date', sa.DateTime()))",
    `  await op.addColumn("account", "last_transaction_date", { type: "timestamp" });`,
  ],
  [
    "op.drop_column('account', 'last_transaction_date')",
    `  await op.dropColumn("account", "last_transaction_date");`,
  ],
  [
    "op.create_index('ix_account_name', 'account', ['name'])",
    `  await op.createIndex("ix_account_name", "account", ["name"]);`,
  ],
  [
    "op.drop_index('ix_account_name', table_name='account')",
    `  await op.dropIndex("ix_account_name", "account");`,
  ],
  [
    `op.execute("INSERT INTO account (id, name) VALUES (1, 'x')")`,
    `  await op.execute("INSERT INTO account (id, name) VALUES (1, 'x')");`,
  ],
  [`op.execute("DELETE FROM account")`, `  await op.execute("DELETE FROM account");`],
  [
    "op.create_table('invoice', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('account_id', sa.Integer(), sa.ForeignKey('account.id', ondelete='CASCADE')))",
    `  await op.createTable("invoice", {
    columns: { id: { type: "serial", primaryKey: true }, account_id: { type: "integer" } },
    foreignKeys: [
      { columns: ["account_id"], references: { table: "account", columns: ["id"] }, onDelete: "cascade" },
    ],
  });`,
  ],
  ["op.drop_table('invoice')", `  await op.dropTable("invoice");`],
  ["op.execute('SELECT 1/0')", `  await op.execute("SELECT 1/0");`],
  [
    "with op.get_context().autocommit_block():\n        op.execute('CREATE INDEX CONCURRENTLY ix_c ON account (name)')",
    `  await op.autocommitBlock(async () => {
    await op.execute("CREATE INDEX CONCURRENTLY ix_c ON account (name)");
  });`,
  ],
]);

export const deviations: readonly Deviation[] = [
  {
    scenario: "linear_readonly_commands",
    command: "history -r -2:",
    kind: "python",
    reason: "argparse takes -2: for an option; here it is the range that it says",
    exitCode: 0,
    output: /^1bbe33445780 -> 3975fb1a0125 \(head\)/,
  },
  {
    scenario: "linear_readonly_commands",
    command: "history -i",
    kind: "defect",
    reason: "Alembic makes the version table here; reading makes nothing here",
    hasNoTable: true,
  },
  {
    scenario: "linear_offline_sql",
    command: "downgrade base --sql",
    kind: "more",
    reason: "without a range the database is asked where it stands",
    exitCode: 0,
  },
  {
    scenario: "stamp",
    command: "stamp e6239818bb3a 548bbb905360",
    kind: "defect",
    reason: "Alembic stores a revision beside its ancestor, which every later upgrade refuses",
    exitCode: 255,
    rows: [],
    steps: "not compared",
    output: /^FAILED: Requested revision 548bbb905360 overlaps with other requested revisions e6239818bb3a$/m,
  },
  {
    scenario: "stamp",
    command: "stamp 548bbb905360 1bbe33445780",
    kind: "defect",
    reason: "Alembic logs steps and then fails with a KeyError",
    steps: "not compared",
    output: /^FAILED: Requested revision 1bbe33445780 overlaps with other requested revisions 548bbb905360$/m,
  },
  {
    scenario: "two_branches_new_revision_and_merge",
    command: "revision -m dup label --head base --branch-label island --rev-id i003",
    kind: "defect",
    reason: "Alembic writes the file before it fails, and breaks the project",
    newFiles: [],
    output: /^FAILED: Branch name 'island' in revision i003 already used by revision i001$/m,
  },
  {
    scenario: "two_branches_new_revision_and_merge",
    command: "heads",
    occurrence: 3,
    kind: "defect",
    reason: "the file of the refused revision is not there to break it",
    exitCode: 0,
    output:
      /^i002 \(island\) \(head\)\nm002 \(c1branch, c2branch\) \(head\)\nm004 \(c1branch, c2branch\) \(head\)$/m,
  },
  ...["heads", "history", "upgrade head"].map((command): Deviation => ({
    scenario: "broken_missing_down_revision",
    command,
    kind: "defect",
    reason: "a bare KeyError; here a message that names both revisions",
    output: /^FAILED: Revision nosuchrev referenced from .*b.* is not present$/m,
  })),
  ...["heads", "history", "upgrade head"].map((command): Deviation => ({
    scenario: "broken_missing_dependency",
    command,
    kind: "defect",
    reason: "a bare KeyError; here a message that names both revisions",
    output: /^FAILED: Revision nosuchdep referenced from b is not present$/m,
  })),
  {
    scenario: "broken_cycle3",
    command: "heads",
    kind: "defect",
    reason: "a traceback; here the message of the other commands",
    output: /^FAILED: Cycle is detected in revisions \(a, b, c\)$/m,
  },
  {
    scenario: "broken_illegal_char_plus",
    command: "heads",
    kind: "defect",
    reason: "a traceback; here the message of the other commands",
    output: /^FAILED: Character\(s\) '\+' not allowed in revision identifier 'a\+b'$/m,
  },
  {
    scenario: "broken_duplicate_revision_id",
    command: "upgrade head",
    kind: "more",
    reason: "refused like there, with the cause and not with what comes of it",
    output: /^FAILED: Revision b is present more than once$/m,
  },
  {
    scenario: "versions_dir_with_file_lacking_revision",
    command: "heads",
    kind: "python",
    reason: "the message leaves out what it says of Alembic 0.1",
    output:
      /^FAILED: Could not determine revision id from filename helper\.ts\. Be sure the 'revision' variable is declared inside the script/m,
  },
  {
    scenario: "syntax_error_in_revision",
    command: "heads",
    kind: "python",
    reason:
      "Alembic imports every file to read its header; here the header is text, and upgrade refuses the file",
    exitCode: 0,
    output: /^zz_bad \(head\)$/m,
  },
  {
    scenario: "linear_offline_sql",
    command: "upgrade a:b:c --sql",
    kind: "defect",
    reason: "a bare ValueError; here a message",
    output: /^FAILED: /m,
  },
  {
    scenario: "init_again",
    command: "init -t nosuch other",
    kind: "python",
    reason: "the message names a folder of Alembic's installation",
    output: /^FAILED: No such template nosuch$/m,
  },
  {
    scenario: "init_again",
    command: "init --package pk",
    kind: "python",
    reason:
      "--package makes __init__.py files; Alembic answers an unknown option here with 255, argparse and we with 2",
    exitCode: 2,
    output: /^error: unknown option '--package'$/m,
  },
  ...["upgrade head", "current"].map((command): Deviation => ({
    scenario: "autocommit_block_then_failure",
    command,
    kind: "defect",
    reason: "Alembic leaves the index of the block and takes its version row back; here both stay",
    rows: ["548bbb905360"],
    output: /548bbb905360/,
  })),
  {
    scenario: "raiseerr_and_quiet",
    command: "--raiseerr upgrade nosuch",
    kind: "python",
    reason: "the stack is JavaScript's",
    output: /^RevisionError: Can't locate revision identified by 'nosuch'\n {4}at /m,
  },
  {
    scenario: "check_and_autogenerate",
    command: "revision --autogenerate --sql -m z",
    kind: "more",
    reason: "--sql is a dry run, as the guide has it; what stops it here is that the database is behind",
    output: /^FAILED: Target database is not up to date\.$/m,
  },
  {
    scenario: "check_and_autogenerate",
    command: "revision --sql -m z",
    kind: "more",
    reason: "--sql prints the file instead of writing it, as the guide has it",
    exitCode: 0,
    output: /^export const down_revision: string \| string\[\] \| null = "au02";$/m,
  },
  {
    scenario: "check_and_autogenerate",
    command: "check",
    occurrence: 2,
    kind: "python",
    reason: "the operations in the message are SQLAlchemy's objects",
    output: /^FAILED: New upgrade operations detected: .*email/m,
  },
  {
    scenario: "check_and_autogenerate",
    command: "check",
    occurrence: 4,
    kind: "more",
    reason: "the same words",
    output: /^No new upgrade operations detected\.$/m,
  },
  ...["revision --autogenerate -m x", "check"].map((command): Deviation => ({
    scenario: "autogenerate_without_metadata",
    command,
    kind: "python",
    reason: "the message names env.py and its MetaData; here it names the dataSource key",
    output: /^FAILED: .* names no DataSource, so the entities are not known\.$/m,
  })),
];
