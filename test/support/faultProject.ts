import { createProjectFolder, revisionText, type ProjectFolder } from "./projectFolder";

/** Which kinds of revisions a project of the fault tests has. */
export type FaultProjectKind = "transactional" | "mixed";

export interface FaultProjectOptions {
  readonly kind: FaultProjectKind;
  readonly revisions: number;
  readonly transactionPerMigration: boolean;
  readonly config?: Readonly<Record<string, unknown>>;
  /** More statements for the `upgrade` of a revision, by its number. */
  readonly upgrades?: Readonly<Record<number, string>>;
}

/** The id of the n-th revision, from one. */
export function revisionId(number: number): string {
  return `r${String(number).padStart(3, "0")}`;
}

/**
 * A project whose n-th revision makes the table `t_n` with an index and writes its number to `run_log`, which has no
 * key: a revision that ran twice stands there twice. Of a `mixed` one only every fourth revision is all in one
 * transaction: the others have none, an autocommit block, or an index that is built concurrently.
 */
export function createFaultProject(options: FaultProjectOptions): ProjectFolder {
  const { kind, revisions, transactionPerMigration, config = {}, upgrades = {} } = options;
  const files: Record<string, string> = {
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({
      scriptLocation: "migrations",
      transactionPerMigration,
      ...config,
    }),
  };
  for (let number = 1; number <= revisions; number += 1) {
    const id = revisionId(number);
    const shape = kind === "mixed" ? number % 4 : 0;
    files[`migrations/versions/${id}_step.ts`] = revisionText({
      id,
      down: number === 1 ? null : revisionId(number - 1),
      message: `step ${String(number)}`,
      extra: shape === 1 ? "export const transaction = false;" : "",
      upgrade: [upgradeText(number, shape), upgrades[number] ?? ""].join("\n"),
      downgrade: `  await op.dropTable("t_${String(number)}");`,
    });
  }
  return createProjectFolder(files);
}

function upgradeText(number: number, shape: number): string {
  const table = `t_${String(number)}`;
  const log = `  await op.execute("INSERT INTO run_log VALUES (${String(number)})");`;
  const lines = [
    ...(number === 1 ? ['  await op.execute("CREATE TABLE run_log (step integer)");'] : []),
    `  await op.createTable("${table}", { columns: { id: { type: "integer", primaryKey: true }, name: { type: "text" } } });`,
    `  await op.execute("INSERT INTO ${table} SELECT n, 'x' FROM generate_series(1, 20) n");`,
  ];
  switch (shape) {
    case 1:
      // In batches until nothing is left, as large tables are filled.
      lines.push(
        `  for (;;) {
    const { rowCount } = await connection.execute(
      "UPDATE ${table} SET name = 'y' WHERE id IN (SELECT id FROM ${table} WHERE name = 'x' ORDER BY id LIMIT 7)",
    );
    if (rowCount === 0) {
      break;
    }
  }`,
        log,
        `  await op.createIndex("ix_${table}", "${table}", ["name"], { concurrently: true });`,
      );
      break;
    case 2:
      lines.push(
        `  await op.autocommitBlock(async () => {
    await op.execute("ALTER TABLE ${table} ADD COLUMN a integer");
    await op.createIndex("ix_${table}", "${table}", ["name"], { concurrently: true });
    await op.execute("ALTER TABLE ${table} ADD COLUMN b integer");
  });`,
        log,
      );
      break;
    case 3:
      lines.push(log, `  await op.execute("CREATE INDEX CONCURRENTLY ix_${table} ON ${table} (name)");`);
      lines.push(`  await op.addColumn("${table}", "c", { type: "integer" });`);
      break;
    default:
      lines.push(`  await op.createIndex("ix_${table}", "${table}", ["name"]);`, log);
  }
  return lines.join("\n");
}
