import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { revisionStatements } from "../../../../src/autogenerate/read/revisionStatements";
import { sends, writtenUpgrades, type Upgrade } from "./writtenUpgrades";

const makes = (name: string): Upgrade => sends(`CREATE TABLE ${name} ()`);

/** Kept out of a revision's own statements: the transaction and the version row. */
const ownTables = /^(?:BEGIN|COMMIT|(?:INSERT INTO|UPDATE|DELETE FROM) alembic_version)\b/;

describe("the statements of revisions", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "alembic-ts-statements-"))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  /** What each revision of a chain sends; an error stands for a file that can't be loaded. */
  async function statementsOf(upgrades: readonly (Upgrade | Error)[]): Promise<{
    readonly sent: readonly (readonly string[])[];
    readonly loads: number;
  }> {
    const { context, graph, countLoads } = writtenUpgrades(directory, upgrades);
    const made = await revisionStatements(context, graph);
    assert.deepEqual(
      made.map(({ revision }) => revision),
      upgrades.map((_, at) => `r${String(at)}`),
    );
    return {
      sent: made.map(({ statements }) =>
        statements.filter((statement) => !ownTables.test(withoutComments(statement))),
      ),
      loads: countLoads(),
    };
  }

  const withoutComments = (statement: string): string => statement.replace(/^(?:--.*\n+)+/, "");
  const plain = (sent: readonly (readonly string[])[]): readonly (readonly string[])[] =>
    sent.map((statements) => statements.map(withoutComments));

  it("are each revision's own", async () => {
    const { sent, loads } = await statementsOf([makes("a"), makes("b"), makes("c")]);
    assert.deepEqual(plain(sent), [["CREATE TABLE a ()"], ["CREATE TABLE b ()"], ["CREATE TABLE c ()"]]);
    assert.equal(loads, 3);
  });

  it("are those before a failure, and all of the revisions behind it", async () => {
    const fails: Upgrade = async (migration) => {
      await makes("half")(migration);
      await migration.connection.query("SELECT 1");
    };
    const { sent, loads } = await statementsOf([makes("a"), fails, makes("b"), fails, makes("c"), fails]);
    assert.deepEqual(
      plain(sent).map((statements) => statements[0]),
      ["a", "half", "b", "half", "c", "half"].map((name) => `CREATE TABLE ${name} ()`),
    );
    assert.equal(loads, 6);
  });

  it("are none of a file that can't be loaded, and those of all others", async () => {
    const broken = new Error("broken");
    for (const places of [[0], [3], [6], [0, 1, 5], [0, 1, 2, 3, 4, 5, 6]]) {
      const upgrades = Array.from({ length: 7 }, (_, at) =>
        places.includes(at) ? broken : makes(`t${String(at)}`),
      );
      const { sent, loads } = await statementsOf(upgrades);
      assert.deepEqual(
        plain(sent),
        upgrades.map((_, at) => (places.includes(at) ? [] : [`CREATE TABLE t${String(at)} ()`])),
      );
      assert.equal(loads, 7);
    }
  });

  it("are those before a failure that nobody hears of, and that a revision waits for in vain", async () => {
    const lazy: Upgrade = async (migration) => {
      await makes("half")(migration);
      const reading = migration.connection.query("SELECT 1");
      // As code does that makes its promises itself: a failure is passed on to nobody.
      await new Promise<void>((resolve) => {
        void reading.then(() => resolve());
      });
    };
    const { sent } = await statementsOf([makes("a"), lazy, makes("b"), lazy]);
    assert.deepEqual(
      plain(sent).map((statements) => statements[0]),
      ["a", "half", "b", "half"].map((name) => `CREATE TABLE ${name} ()`),
    );
  });

  it("are those of a revision behind one that calls operations too late", async () => {
    const late: Upgrade = ({ op }) => {
      setTimeout(() => void op.execute("CREATE TABLE late ()"), 0).unref();
      return Promise.resolve();
    };
    const waits: Upgrade = async (migration) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await makes("own")(migration);
    };
    const { sent } = await statementsOf([late, waits, makes("b")]);
    assert.deepEqual(plain(sent).slice(1), [["CREATE TABLE own ()"], ["CREATE TABLE b ()"]]);
  });
});
