import type { Connection } from "../../database/connection";
import { DatabaseError } from "../../database/databaseError";
import { nameKey } from "../../schema/findNamed";
import type { ColumnModel } from "../../schema/model/columnModel";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { TableModel } from "../../schema/model/tableModel";
import { isSameDefault } from "../../schema/sameMoment";
import { parseTypeName } from "../../sqlText/typeName";
import { quoteIdentifier } from "../../sql/quote";
import type { EntityDdl } from "./entityDdl";
import { isConstantDefault } from "./constantDefault";
import { isFrozenMoment } from "./frozenDefaults";
import { takenBack } from "./takenBack";

/** Two texts of a default of one column, of which only the server can tell whether they are one value. */
interface Candidate {
  readonly after: ColumnModel;
  readonly left: string;
  readonly right: string;
  readonly type: string;
}

interface Place {
  readonly connection: Connection;
  readonly isInTransaction: boolean;
}

/**
 * The tables of the entities with the defaults of the database where both are the same value in other words:
 * `'0'::smallint`, left behind by a change of the type, and `0`; `CURRENT_TIMESTAMP` and `now()`.
 */
export async function withEqualDefaults(
  tables: readonly TableModel[],
  before: SchemaModel,
  ddl: EntityDdl,
  place: Place,
): Promise<readonly TableModel[]> {
  const { equal, candidates } = divide(tables, before, ddl);
  const known = new Map([...equal, ...(await equalByValue(candidates, before.defaultSchema, place))]);
  if (known.size === 0) {
    return tables;
  }
  return tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const value = known.get(column);
      return value === undefined ? column : { ...column, default: value };
    }),
  }));
}

/** By the columns of the entities, the default of the database. */
type KnownDefaults = ReadonlyMap<ColumnModel, string>;

function divide(
  tables: readonly TableModel[],
  before: SchemaModel,
  ddl: EntityDdl,
): { readonly equal: KnownDefaults; readonly candidates: readonly Candidate[] } {
  const found = new Map(before.tables.map((table) => [nameKey(table), table]));
  const entities = new Map(ddl.tables.map((table) => [nameKey(table), table.typeorm]));
  const equal = new Map<ColumnModel, string>();
  const candidates: Candidate[] = [];
  for (const table of tables) {
    const columns = new Map(found.get(nameKey(table))?.columns.map((column) => [column.name, column]));
    for (const after of table.columns) {
      const column = columns.get(after.name);
      const [left, right] = [column?.default, after.default];
      if (left === undefined || right === undefined || left === right || column?.type !== after.type) {
        continue;
      }
      const said = entities.get(nameKey(table))?.columns.find(({ name }) => name === after.name);
      const isGenerated = said?.isGenerated === true && isUuidGenerator(left) && isUuidGenerator(right);
      // It was another moment when the database read it.
      const isFrozen = said !== undefined && isFrozenMoment(said) && isConstantDefault(left);
      if (isGenerated || isFrozen || isSameDefault(left, right, after.type)) {
        equal.set(after, left);
      } else if (isConstantDefault(left) && isConstantDefault(right)) {
        candidates.push({ after, left, right, type: after.type });
      }
    }
  }
  return { equal, candidates };
}

/** TypeORM says only that a UUID is generated; which function does it is the database's affair. */
function isUuidGenerator(text: string): boolean {
  return /^(?:[\w"]+\.)?(?:uuid_generate_v\d|gen_random_uuid)\(\)$/.test(text);
}

async function equalByValue(
  candidates: readonly Candidate[],
  defaultSchema: string,
  { connection, isInTransaction }: Place,
): Promise<KnownDefaults> {
  if (candidates.length === 0) {
    return new Map();
  }
  try {
    return await takenBack(connection, isInTransaction, async () => {
      await connection.run(`SET LOCAL search_path = ${quoteIdentifier(defaultSchema)}`);
      const [row] = await connection.query(
        `SELECT pg_catalog.array_to_string(ARRAY[${candidates.map(isOneValue).join(", ")}]::text[], ',') AS same`,
      );
      const same = String(row?.["same"]).split(",");
      return new Map(
        candidates.filter((_, at) => same[at] === "true").map(({ after, left }) => [after, left]),
      );
    });
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== "statement-failed") {
      throw error;
    }
    // One of them can't be read out of its place: the others are asked about without it.
    const [first, ...others] = candidates;
    const place = { connection, isInTransaction };
    return first === undefined || others.length === 0
      ? new Map()
      : new Map([
          ...(await equalByValue([first], defaultSchema, place)),
          ...(await equalByValue(others, defaultSchema, place)),
        ]);
  }
}

const numericTypes = new Set([
  "smallint",
  "integer",
  "bigint",
  "numeric",
  "real",
  "double precision",
  "money",
]);

/** As texts of the column's type, since not every type can be compared; numbers also by value, as 1.0 and 1.00 are. */
function isOneValue({ left, right, type }: Candidate): string {
  const [one, other] = [`(${left})::${type}`, `(${right})::${type}`];
  const byText = `((${one})::text IS NOT DISTINCT FROM (${other})::text)`;
  return numericTypes.has(parseTypeName(type).base) && !type.endsWith("[]")
    ? `(${byText} OR ${one} = ${other})`
    : byText;
}
