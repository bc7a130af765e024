import assert from "node:assert/strict";
import fc from "fast-check";
import { Client } from "pg";
import { scriptSession } from "../../../src/run/session";
import { invertOperation } from "../../../src/operations/invertOperation";
import type { Operation } from "../../../src/operations/operation";
import type { Operations } from "../../../src/operations/operations";
import { printOperation } from "../../../src/operations/printing/printOperation";
import type { SqlTag } from "../../../src/operations/sqlFragment";
import { neededServer } from "../../../src/sql/postgresql/neededServer";
import { renderOperation } from "../../../src/sql/renderOperation";
import type { PostgresServer } from "../../support/postgresServer";
import { runScript } from "../../support/runScript";
import { recordOperations } from "../../unit/operations/recordOperations";
import { createDraw, type Place } from "./draw";
import type { OperationCase } from "./operationCase";
import { irreversibleKinds, operationCases } from "./operationCases";

/** A case in schemas of its own, so that one dump serves for many and its lines tell whose they are. */
interface PlacedCase extends OperationCase {
  readonly place: Place;
  readonly inverse: Operation | undefined;
}

/** Of those that come with PostgreSQL, one for each case that wants one. */
const extensions = [
  "citext",
  "hstore",
  "unaccent",
  "fuzzystrmatch",
  "tablefunc",
  "intarray",
  "ltree",
  "pg_trgm",
  "seg",
];

const kinds = Object.keys(operationCases) as readonly (keyof typeof operationCases)[];

function placeOf(index: number): Place {
  const schema = `c${String(index)}x`;
  return { schema, otherSchema: `${schema} Other`, extension: "" };
}

async function availableExtensions(server: PostgresServer): Promise<readonly string[]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    const query = "SELECT name FROM pg_available_extensions WHERE name = ANY ($1)";
    const { rows } = await client.query<{ name: string }>(query, [extensions]);
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Whether a server is new enough for a case; `neededServer` has tests of its own. */
function isFor(majorVersion: number, { setup, operation, inverse }: PlacedCase): boolean {
  return [...setup, operation, inverse].every((each) => {
    const needed = each === undefined || typeof each === "string" ? undefined : neededServer(each);
    return (needed?.major ?? 0) <= majorVersion;
  });
}

/** A case of each kind, so often, and before some of them what another kind makes as company. */
function placedCases(seed: number, perKind: number, available: readonly string[]): readonly PlacedCase[] {
  const [generate] = fc.sample(fc.gen(), { seed, numRuns: 1 });
  assert.ok(generate);
  const free = [...available];
  const extensionKinds = ["createExtension", "dropExtension", "setSchema"];
  return Array.from({ length: perKind }, () => kinds)
    .flat()
    .flatMap((kind, index) => {
      const extension = extensionKinds.includes(kind) ? free.shift() : "";
      if (extension === undefined) {
        return [];
      }
      const place = { ...placeOf(index), extension };
      const draw = createDraw(generate, place);
      const usual = kinds.filter((other) => !extensionKinds.includes(other));
      const company = draw.rarely(3) ? operationCases[draw.pick(...usual)](draw) : undefined;
      const made = operationCases[kind](draw);
      const before = company === undefined ? [] : [...company.setup, company.operation];
      return {
        place,
        setup: [...before, ...made.setup],
        operation: made.operation,
        inverse: invertOperation(made.operation),
      };
    });
}

interface OpenDatabase {
  readonly url: string;
  run(place: Place, operations: readonly (Operation | string)[]): Promise<void>;
  close(): Promise<void>;
}

function searchPath({ schema }: Place): string {
  return `SET search_path = ${schema}, public`;
}

async function openDatabase(url: string): Promise<OpenDatabase> {
  const client = new Client({ connectionString: url });
  await client.connect();
  async function runOne(place: Place, operations: readonly (Operation | string)[]): Promise<void> {
    const statements = operations.flatMap((operation) =>
      typeof operation === "string"
        ? [{ text: operation, values: [], isTransactional: true }]
        : renderOperation(operation, "postgresql"),
    );
    const isPlain = statements.every(({ values, isTransactional }) => values.length === 0 && isTransactional);
    if (isPlain) {
      // A comment at the end of a statement must not swallow the semicolon.
      await client.query([searchPath(place), ...statements.map(({ text }) => text)].join("\n;\n"));
      return;
    }
    await client.query(searchPath(place));
    for (const { text, values } of statements) {
      await client.query(text, [...values]);
    }
  }
  return {
    url,
    async run(place, operations) {
      try {
        await runOne(place, operations);
      } catch (error) {
        throw new Error(`${String(error)}\n${describe(place, operations)}`, { cause: error });
      }
    },
    close: () => client.end(),
  };
}

function describe(place: Place, operations: readonly (Operation | string)[]): string {
  const printed = operations.map((operation) =>
    typeof operation === "string"
      ? operation
      : `${printOperation(operation)}\n${renderOperation(operation, "postgresql")
          .map(({ text }) => `  -- ${text}`)
          .join("\n")}`,
  );
  return [place.schema, ...printed].join("\n");
}

/** Copies a database to which nobody is connected. */
async function copyDatabase(server: PostgresServer, url: string): Promise<string> {
  const copy = await server.createDatabase();
  const name = new URL(copy).pathname.slice(1);
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query(`DROP DATABASE ${name}`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(url).pathname.slice(1)}`);
  } finally {
    await client.end();
  }
  return copy;
}

/** Says of which cases two dumps are different, and how those were made. */
function assertSameDump(actual: string, expected: string, cases: readonly PlacedCase[], what: string): void {
  if (actual === expected) {
    return;
  }
  const lines = (one: string, other: string, mark: string): readonly string[] => {
    const known = new Set(other.split(/;\n/));
    return one.split(/;\n/).flatMap((statement) => (known.has(statement) ? [] : [`${mark} ${statement}`]));
  };
  const different = [...lines(expected, actual, "-"), ...lines(actual, expected, "+")];
  const blamed = cases.filter(({ place }) =>
    different.some((line) => new RegExp(`\\b${place.schema}\\b`).test(line)),
  );
  const stories = blamed
    .slice(0, 5)
    .map(({ place, setup, operation, inverse }) =>
      [
        different.filter((line) => new RegExp(`\\b${place.schema}\\b`).test(line)).join("\n"),
        describe(place, [
          ...setup,
          "-- operation",
          operation,
          "-- inverse",
          ...(inverse === undefined ? [] : [inverse]),
        ]),
      ].join("\n"),
    );
  assert.fail(
    [`${what}: the schema is not what it should be.`, ...different.slice(0, 40), ...stories].join("\n"),
  );
}

function compile(source: string): (op: Operations, sql: SqlTag) => Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what is printed has to run
  return new Function("op", "sql", `return (async () => {\n${source}\n})();`) as (
    op: Operations,
    sql: SqlTag,
  ) => Promise<void>;
}

function scriptOf(
  cases: readonly PlacedCase[],
  operationsOf: (one: PlacedCase) => readonly Operation[],
): string {
  const texts = cases.map((one) => {
    const session = scriptSession("postgresql");
    const statements = operationsOf(one).flatMap((operation) =>
      renderOperation(operation, "postgresql", { offline: true }),
    );
    for (const { text } of [{ text: searchPath(one.place) }, ...statements]) {
      void session.run(text);
    }
    return session.text();
  });
  return texts.join("\n");
}

/**
 * Makes cases of all kinds of operations in one database and holds that a way back restores the schema, that the way
 * back of the way back is the operation, and that its script and its TypeScript do what it does.
 * @returns how many operations were tried
 * @throws Error that shows the case and the seed
 */
export async function tryOperations(server: PostgresServer, seed: number, perKind: number): Promise<number> {
  try {
    return await tryCases(server, seed, perKind);
  } catch (error) {
    throw new Error(`Seed ${String(seed)}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function tryCases(server: PostgresServer, seed: number, perKind: number): Promise<number> {
  const cases = placedCases(seed, perKind, await availableExtensions(server)).filter((one) =>
    isFor(server.majorVersion, one),
  );
  const reversible = cases.filter(({ inverse }) => inverse !== undefined);
  const lasting = cases.filter(({ inverse }) => inverse === undefined);
  const unexpected = lasting.filter(
    ({ operation }) => !irreversibleKinds.some((kind) => kind === operation.kind),
  );
  assert.deepEqual(
    unexpected.map(({ operation }) => operation),
    [],
    "These have no way back.",
  );
  const prepared = await prepare(server, cases);
  const [scripted, printed] = [await copyDatabase(server, prepared), await copyDatabase(server, prepared)];
  const live = await openDatabase(prepared);
  const dump = (): Promise<string> => server.dumpSchema(prepared);
  const check = async (expected: string, what: string, url = prepared): Promise<void> =>
    assertSameDump(await server.dumpSchema(url), expected, cases, what);
  try {
    for (const { place, operation } of lasting) {
      await live.run(place, [operation]);
    }
    const before = await dump();
    for (const { place, operation } of reversible) {
      await live.run(place, [operation]);
    }
    const after = await dump();
    for (const { place, inverse } of reversible) {
      await live.run(place, inverse === undefined ? [] : [inverse]);
    }
    await check(before, "After operation and inverse");
    for (const { place, inverse, operation } of reversible) {
      await live.run(place, [(inverse && invertOperation(inverse)) ?? operation]);
    }
    await check(after, "After the inverse of the inverse");
    await runScript(
      scripted,
      scriptOf(cases, ({ operation }) => [operation]),
    );
    await check(after, "After the script", scripted);
    await runScript(
      scripted,
      scriptOf(reversible, ({ inverse }) => (inverse === undefined ? [] : [inverse])),
    );
    await check(before, "After the script and that of the inverses", scripted);
    await runPrinted(printed, cases);
    await check(after, "After what was printed as TypeScript", printed);
  } finally {
    await live.close();
    await Promise.all([prepared, scripted, printed].map((url) => server.dropDatabase(url)));
  }
  return cases.length;
}

async function prepare(server: PostgresServer, cases: readonly PlacedCase[]): Promise<string> {
  const database = await openDatabase(await server.createDatabase());
  try {
    await database.run(placeOf(0), ["CREATE EXTENSION btree_gist SCHEMA public"]);
    for (const { place, setup } of cases) {
      await database.run(place, [`CREATE SCHEMA ${place.schema}`, `CREATE SCHEMA "${place.otherSchema}"`]);
      await database.run(place, setup);
    }
  } finally {
    await database.close();
  }
  return database.url;
}

async function runPrinted(url: string, cases: readonly PlacedCase[]): Promise<void> {
  const database = await openDatabase(url);
  try {
    for (const { place, operation } of cases) {
      const source = printOperation(operation);
      assert.doesNotMatch(
        source,
        /^await op\.invoke\(/,
        "An operation that op can make is printed as a call of it.",
      );
      await database.run(place, await recordOperations(compile(source)));
    }
  } finally {
    await database.close();
  }
}
