// How long lint takes: 1,000 revisions, the text of an open revision after a keystroke, and a statement that is measured on a
// scratch database which is warm. `node --import tsx bench/lint.mjs`.
import { performance } from "node:perf_hooks";
import { PGlite } from "@electric-sql/pglite";
import { loadGrammar } from "../src/lint/grammar.ts";
import { KnownSchema } from "../src/lint/knownSchema.ts";
import { lintRevision } from "../src/lint/lintRevision.ts";
import { StatementMeter } from "../src/measure/statementMeter.ts";
import { programOf } from "../src/source/parseScript.ts";

const revisionCount = 1000;
const rounds = 15;
const parse = await loadGrammar();

function revisionText(index) {
  return `export const revision = "r${index}";
export async function upgrade({ op }) {
  await op.createTable("table_${index}", { columns: { id: { type: "integer" }, name: { type: "text" } } });
  await op.alterColumn("users", "column_${index}", { type: "bigint", existingType: "integer" });
  await op.createIndex("ix_${index}", "users", ["column_${index}"]);
  await op.execute("UPDATE users SET column_${index} = 0 WHERE column_${index} IS NULL");
}
export async function downgrade({ op }) {
  await op.dropTable("table_${index}");
}
`;
}

function lint(text, schema) {
  return lintRevision({
    written: { text, program: programOf(text) },
    project: { dialect: "postgresql", namingConvention: undefined },
    settings: { targetVersion: undefined, levels: new Map(), timeouts: { lock: false, statement: false } },
    parse,
    schema,
  });
}

function tell(name, milliseconds, goal) {
  const mark = milliseconds <= goal ? "" : "  (slower)";
  console.log(`${name.padEnd(48)} ${milliseconds.toFixed(0).padStart(7)} ms, goal ${goal} ms${mark}`);
}

const texts = Array.from({ length: revisionCount }, (_, index) => revisionText(index));
lint(texts[0], new KnownSchema());
let started = performance.now();
const schema = new KnownSchema();
const found = texts.map((text) => lint(text, schema).length);
tell(`lint of ${revisionCount} revisions`, performance.now() - started, 2000);
if (found.includes(0)) {
  throw new Error("Lint found nothing in a revision that locks a table.");
}

const keystrokes = texts.slice(0, rounds).map((text) => {
  started = performance.now();
  lint(`${text}// typed`, new KnownSchema());
  return performance.now() - started;
});
tell("lint of a revision after a keystroke (slowest)", Math.max(...keystrokes), 30);

const pglite = await PGlite.create();
try {
  // The meter's connection, of which it uses nothing else.
  const connection = {
    run: async (text) => ({ rows: (await pglite.query(text)).rows }),
    query: async (text) => (await pglite.query(text)).rows,
  };
  await connection.run("CREATE TABLE users (id integer PRIMARY KEY, name text)");
  const meter = new StatementMeter(connection, parse);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const text = `ALTER TABLE users ALTER COLUMN id TYPE ${round % 2 === 0 ? "bigint" : "integer"}`;
    await connection.run("BEGIN");
    started = performance.now();
    await meter.measure({ text, isInTransaction: true, isTried: false }, () => connection.run(text));
    times.push(performance.now() - started);
    await connection.run("COMMIT");
  }
  tell("a measured statement, warm (slowest)", Math.max(...times.slice(1)), 100);
} finally {
  await pglite.close();
}
