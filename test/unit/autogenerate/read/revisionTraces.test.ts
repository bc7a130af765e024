import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { revisionTraces, type RevisionTraces } from "../../../../src/autogenerate/read/revisionTraces";
import type { LoadingMemory } from "../../../../src/project/memory/loadingMemory";
import { sends, writtenUpgrades, type Upgrade } from "./writtenUpgrades";

const statements = [
  "CREATE TABLE shop.items (id int, state text DEFAULT 'a literal secret')",
  "CREATE TABLE copies AS SELECT * FROM shop.items",
  "CREATE INDEX by_state ON shop.items (state)",
  "CREATE TYPE size AS ENUM ('small')",
  "ALTER TABLE copies RENAME TO twins",
];

interface Given {
  readonly upgrades?: readonly (Upgrade | Error)[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly xArguments?: ReadonlyMap<string, string>;
  readonly isReplayed?: boolean;
}

describe("the traces of revisions", () => {
  let directory: string;
  let records: Map<string, string>;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "alembic-ts-traces-"));
    records = new Map();
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** Remembers what no file decides. */
  const memory: LoadingMemory = {
    recall(subject) {
      const text = records.get(JSON.stringify(subject));
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    remember: (subject, value) => void records.set(JSON.stringify(subject), JSON.stringify(value)),
  };

  async function tracesOf(
    given: Given,
    loadingMemory: LoadingMemory | undefined,
  ): Promise<{ readonly traces: RevisionTraces; readonly loads: number }> {
    const { upgrades = statements.map(sends), isReplayed = false, ...more } = given;
    const written = writtenUpgrades(directory, upgrades, {
      ...more,
      ...(loadingMemory && { loadingMemory }),
    });
    const traces = await revisionTraces(written.context, written.graph, { isReplayed, schemas: ["public"] });
    return { traces, loads: written.countLoads() };
  }

  it("are the same when they are remembered", async () => {
    const plain = await tracesOf({}, undefined);
    const first = await tracesOf({}, memory);
    const again = await tracesOf({}, memory);
    assert.deepEqual([first.traces, again.traces], [plain.traces, plain.traces]);
    assert.deepEqual([plain.loads, first.loads, again.loads], [5, 5, 0]);
    assert.deepEqual([...plain.traces.origins.origins.keys()], ["items", "copies", "twins"]);
    assert.deepEqual([...plain.traces.names.indexes], ["by_state"]);
  });

  it("hold names, and no value of a statement", async () => {
    await tracesOf({}, memory);
    const [record = ""] = records.values();
    assert.match(record, /"state"/);
    assert.doesNotMatch(record, /literal secret|small/);
  });

  const changes: readonly (readonly [what: string, given: Given])[] = [
    ["another naming convention", { config: { namingConvention: { ix: "index_%(table_name)s" } } }],
    ["an operation of the project's own", { config: { operations: { nothing: () => [] } } }],
    ["another version table", { config: { versionTable: "versions" } }],
    ["an argument for the revisions", { xArguments: new Map([["tenant", "a"]]) }],
    ["one more revision", { upgrades: [...statements, "CREATE TABLE more ()"].map(sends) }],
    ["one revision less", { upgrades: statements.slice(1).map(sends) }],
    ["revisions that have run in this process", { isReplayed: true }],
  ];
  for (const [what, given] of changes) {
    it(`are read anew after ${what}`, async () => {
      await tracesOf({}, memory);
      const changed = await tracesOf(given, memory);
      const plain = await tracesOf(given, undefined);
      assert.deepEqual(changed, plain);
      assert.notEqual(changed.loads, 0);
    });
  }

  it("are not remembered where a file can't be loaded", async () => {
    await tracesOf({ upgrades: [sends("CREATE TABLE a ()"), new Error("broken")] }, memory);
    assert.equal(records.size, 0);
  });
});
