import { compareSchemas } from "../autogenerate/compare/compareSchemas";
import type { SchemaDifference } from "../autogenerate/compare/difference";
import { differencesToOperations } from "../autogenerate/plan/fromDifferences";
import type { Connection } from "../database/connection";
import { DatabaseError } from "../database/databaseError";
import { introspect } from "../database/introspect/introspect";
import type { SchemaModel } from "../schema/model/schemaModel";
import { quoteIdentifier } from "../sql/quote";
import { renderOperation } from "../sql/renderOperation";
import type { SidesOptions } from "./compareSides";
import { keyOf, objectOf } from "./describe";
import type { DriftSide } from "./readSide";
import { withPartsOf } from "./withPartsOf";

/** What a server prints in its own way, such as the columns in the text of a view. */
const printedKinds = new Set<SchemaDifference["kind"]>([
  "column",
  "constraint",
  "index",
  "trigger",
  "policy",
  "domain",
  "view",
]);

/** A database of our own with the expected schema, in which something may be tried. */
export interface ExpectedDatabase {
  readonly connection: Connection;
  /** As it is read there. */
  readonly model: SchemaModel;
}

/** Whether the servers of two sides print expressions in different ways. */
export function arePrintedDifferently(actual: DriftSide, expected: DriftSide): boolean {
  return majorOf(actual.model) !== majorOf(expected.model);
}

function majorOf({ serverVersion }: SchemaModel): number {
  return Math.floor(serverVersion / 10_000);
}

/**
 * The database's side without differences of print: of what differs, each part is made in the expected database as it is in
 * the other one, and where that changes nothing there, it is the same. Everything is rolled back.
 */
export async function printedAlike(
  actual: DriftSide,
  expected: DriftSide,
  { connection, model }: ExpectedDatabase,
  options: Pick<SidesOptions, "includeObject">,
): Promise<DriftSide> {
  const differing = printedDifferences(actual.model, expected.model, options);
  if (differing.size === 0) {
    return actual;
  }
  await connection.run("BEGIN");
  try {
    // As texts are read: what is in other schemas is qualified.
    const path = [model.defaultSchema, ...model.extensions.map(({ schema }) => schema)];
    await connection.run(`SET LOCAL search_path = ${[...new Set(path)].map(quoteIdentifier).join(", ")}`);
    const made = new Set<string>();
    for (const key of differing) {
      if (await isMade(connection, model, withPartsOf(model, actual.model, new Set([key])))) {
        made.add(key);
      }
    }
    const read = await introspect(connection, {
      schemas: model.schemas.map(({ name }) => ({ name })),
      defaultSchema: model.defaultSchema,
    });
    const changed = printedDifferences(model, read, options);
    const alike = new Set([...made].filter((key) => !changed.has(key)));
    return { ...actual, model: withPartsOf(actual.model, expected.model, alike) };
  } finally {
    await connection.run("ROLLBACK").catch(() => undefined);
  }
}

/** Makes a part as the second model has it; false where the server refuses that. */
async function isMade(connection: Connection, from: SchemaModel, to: SchemaModel): Promise<boolean> {
  const comparison = compareSchemas(from, to, { managed: "all", isRenameAsked: false });
  await connection.run("SAVEPOINT alembic_part");
  try {
    for (const operation of differencesToOperations(comparison).upgrade.operations) {
      for (const { text, values } of renderOperation(operation, "postgresql")) {
        await connection.run(text, values);
      }
    }
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError)) {
      throw error;
    }
    await connection.run("ROLLBACK TO SAVEPOINT alembic_part");
    return false;
  }
}

/** Keys of what both sides have and print differently. */
function printedDifferences(
  before: SchemaModel,
  after: SchemaModel,
  { includeObject }: Pick<SidesOptions, "includeObject">,
): ReadonlySet<string> {
  const { differences } = compareSchemas(before, after, {
    includeObject,
    managed: "all",
    isRenameAsked: false,
  });
  return new Set(differences.filter(isPrinted).map((difference) => keyOf(objectOf(difference))));
}

function isPrinted(difference: SchemaDifference): boolean {
  return (
    printedKinds.has(difference.kind) &&
    "before" in difference &&
    difference.before !== undefined &&
    difference.after !== undefined
  );
}
