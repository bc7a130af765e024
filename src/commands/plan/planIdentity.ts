import { createHash } from "node:crypto";
import { CommandError } from "../../context/commandError";
import type { CommandContext, OpenedDatabase } from "../../context/commandContext";
import { DatabaseError } from "../../database/databaseError";
import { realPathOf } from "../../machine/spelling";
import type { MigrationPlan } from "../../revision/plan";
import type { StepContents } from "./planScript";

/** All that an id stands for, part by part; none of it is a URL or a password. */
export interface PlanIdentity {
  /** What tells the database from all others, wherever and however it is reached. */
  readonly database: readonly string[];
  /** Where the version table is, and its rows in their order. */
  readonly rows: readonly string[];
  /** What the plan does to the version table, and by which revisions. */
  readonly steps: readonly string[];
  /** The texts of the revision files. */
  readonly files: readonly string[];
  /** What each step sends. */
  readonly sql: readonly (readonly string[] | undefined)[];
}

const partNames = ["database", "rows", "steps", "files", "sql"] as const;

/** Hexadecimal digits of the digest of the whole, and of each part, which tells only what has changed. */
const wholeDigits = 32;
const partDigits = 4;
const shape = new RegExp(
  `^[0-9a-f]{${String(wholeDigits)}}-[0-9a-f]{${String(partDigits * partNames.length)}}$`,
);

/** Puts together what identifies a plan for a database that is open. */
export async function identifyRun(
  context: CommandContext,
  opened: OpenedDatabase,
  plan: MigrationPlan,
  made: {
    readonly versionTable: string;
    readonly rows: readonly string[];
    readonly contents: readonly StepContents[];
  },
): Promise<PlanIdentity> {
  return {
    database: [
      ...(await identifyDatabase(opened)),
      // A copy of a server's files has the same identifier.
      context.productionEnvironment === undefined ? "" : `production ${context.productionEnvironment}`,
    ],
    rows: [made.versionTable, ...made.rows],
    steps: plan.steps.map(({ kind, revision, direction, from, to, rowChanges }) =>
      JSON.stringify([kind, revision?.revision, direction, from, to, rowChanges]),
    ),
    files: made.contents.flatMap(({ file, imported }) => [file, ...imported]),
    sql: made.contents.map(({ statements }) => statements),
  };
}

/** The id of a plan: as long as a digest that nobody can find a second plan for, and a little of each part. */
export function planId(identity: PlanIdentity): string {
  const parts = partNames.map((name) => digest(identity[name]));
  return `${digest(parts).slice(0, wholeDigits)}-${parts.map((part) => part.slice(0, partDigits)).join("")}`;
}

/**
 * Refuses to run another plan than the one with an id that somebody has approved.
 * @throws CommandError `invalid-plan-id`, or `plan-changed`, which says what is another by now
 */
export function requireApproved(approved: string, identity: PlanIdentity): void {
  const id = approved.trim().toLowerCase();
  if (!shape.test(id)) {
    throw new CommandError(
      "invalid-plan-id",
      "Nothing was run, because the text given with --approved is not a plan ID.",
      "Give the whole ID that the same command prints with --plan.",
    );
  }
  const present = planId(identity);
  if (id === present) {
    return;
  }
  const partsOf = (text: string): readonly string[] =>
    partNames.map((_name, index) =>
      text.slice(wholeDigits + 1).slice(index * partDigits, (index + 1) * partDigits),
    );
  const [before, now] = [partsOf(id), partsOf(present)];
  const changed = partNames.filter((_name, index) => before[index] !== now[index]);
  const [first] = changed;
  throw new CommandError(
    "plan-changed",
    `Nothing was run, because the plan is not the one that was approved. ${first === undefined ? "The approved ID belongs to another plan." : changeText(first, identity)}`,
    "Run the command again with --plan, review the plan, and approve its new ID.",
  );
}

function changeText(part: (typeof partNames)[number], { rows }: PlanIdentity): string {
  switch (part) {
    case "database":
      return "It was made for another database.";
    case "rows":
      return `The version table was different: it is now at ${rows.slice(1).join(", ") || "base"}.`;
    case "steps":
      return "Its steps were different: the target or the order of the revisions has changed.";
    case "files":
      return "A revision file has changed since.";
    case "sql":
      return "The SQL of its steps has changed, though the revision files have not: it depends on something outside them.";
  }
}

/** The identifier that a server got when its cluster was made, and the database's name; of others their place. */
async function identifyDatabase({ database, target }: OpenedDatabase): Promise<readonly string[]> {
  if (target.kind === "sqlite") {
    return ["sqlite", realPathOf(target.file)];
  }
  const { connection } = database;
  const [named] = await connection.query("SELECT current_database()::text AS name");
  return [
    // Embedded databases begin as copies of one.
    target.kind === "embedded" ? `embedded ${realPathOf(target.directory)}` : "server",
    await systemIdentifier(connection),
    String(named?.["name"]),
  ];
}

async function systemIdentifier(connection: OpenedDatabase["database"]["connection"]): Promise<string> {
  try {
    const [row] = await connection.query(
      "SELECT system_identifier::text AS identifier FROM pg_catalog.pg_control_system()",
    );
    return String(row?.["identifier"]);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code === "cancelled") {
      throw error;
    }
    // Not every provider lets it be read.
    const [row] = await connection.query(
      "SELECT concat_ws(':', pg_catalog.inet_server_addr()::text, pg_catalog.inet_server_port()::text) AS address",
    );
    return `at ${String(row?.["address"])}`;
  }
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
