import assert from "node:assert/strict";
import { compareSchemas } from "../../../../src/autogenerate/compare/compareSchemas";
import type { CompareOptions } from "../../../../src/autogenerate/compare/compareOptions";
import { managedObjects } from "../../../../src/autogenerate/compare/objectsOf";
import type { SchemaModel } from "../../../../src/schema/model/schemaModel";
import { column, enumType, index, model, table, unique } from "../../schema/buildModel";

function outline(before: SchemaModel, after: SchemaModel, options?: CompareOptions): unknown {
  const { differences, drift } = compareSchemas(before, after, options);
  return {
    differences: differences.map((difference) => {
      if (difference.kind === "renamed") {
        return `rename ${difference.rename.object}`;
      }
      if (difference.kind === "renamedPart") {
        return `rename ${difference.part} ${difference.from} to ${difference.to}`;
      }
      const { kind, before: left, after: right } = difference;
      const name = typeof left === "object" ? left.name : typeof right === "object" ? right.name : "";
      return `${left === undefined ? "create" : right === undefined ? "drop" : "change"} ${kind} ${name}`;
    }),
    drift: drift.map(({ object, reason }) => `${object.kind} ${object.name}: ${reason}`),
  };
}

describe("what is only in the database", () => {
  const wanted = model({ tables: [table("t", ["id integer"])] });
  const found = model({
    enums: [enumType("mood", ["a"])],
    tables: [
      table("t", ["id integer", column("extra text")], {
        indexes: [index("ix_trgm", ["id"], { method: "gin" })],
        comment: "of the DBA",
      }),
      table("hand_made", ["id integer"]),
    ],
  });

  it("is drift and stays, when no revision made it", () => {
    assert.deepEqual(outline(found, wanted), {
      differences: [],
      drift: [
        "table hand_made: unknown",
        "column extra: unknown",
        "index ix_trgm: unknown",
        "aspect comment of table t: unknown",
        "enum mood: unknown",
      ],
    });
  });

  it("goes, when a revision made it", () => {
    assert.deepEqual(outline(found, wanted, { managed: managedObjects(found) }), {
      differences: [
        "drop table hand_made",
        "drop column extra",
        "drop index ix_trgm",
        "change tableOption t",
        "drop enum mood",
      ],
      drift: [],
    });
  });

  it("is left alone without a word, when a revision made what the entities have no words for", () => {
    const isExpressible: CompareOptions["isExpressible"] = ({ kind }) =>
      kind === "table" || kind === "column";
    assert.deepEqual(
      outline(found, wanted, {
        managed: managedObjects(model({ tables: found.tables, enums: found.enums })),
        isExpressible,
      }),
      { differences: ["drop table hand_made", "drop column extra"], drift: [] },
    );
  });

  it("is not looked at, when includeObject says so", () => {
    const includeObject: CompareOptions["includeObject"] = ({ name }, side) =>
      !(side === "database" && ["hand_made", "extra", "ix_trgm", "mood"].includes(name));
    assert.deepEqual(outline(found, wanted, { includeObject }), {
      differences: [],
      drift: ["aspect comment of table t: unknown"],
    });
  });

  it("goes with the column that it stands on, whoever made it", () => {
    const left = model({
      tables: [table("t", ["id integer", "a integer"], { indexes: [index("ix_a", ["a"])] })],
    });
    const managed = managedObjects(model({ tables: [table("t", ["id integer", "a integer"])] }));
    assert.deepEqual(outline(left, wanted, { managed }), {
      differences: ["drop column a", "drop index ix_a"],
      drift: [],
    });
  });

  it("is known by its old name, when its table is renamed", () => {
    const left = model({ tables: [table("users", ["id integer", "old text", "name text"])] });
    const right = model({ tables: [table("accounts", ["id integer", "name text"])] });
    assert.deepEqual(outline(left, right, { managed: managedObjects(left), renames: ["users:accounts"] }), {
      differences: ["rename table", "drop column old"],
      drift: [],
    });
  });

  it("is reported when it is a broken index", () => {
    const broken = model({
      tables: [table("t", ["id integer"], { indexes: [index("ix", ["id"], { isValid: false })] })],
    });
    const whole = model({ tables: [table("t", ["id integer"], { indexes: [index("ix", ["id"])] })] });
    assert.deepEqual(outline(broken, whole), { differences: [], drift: ["index ix: invalid index"] });
  });
});

describe("names", () => {
  const named = (constraint: string, indexName: string): SchemaModel =>
    model({
      tables: [
        table("t", ["a integer"], {
          constraints: [unique(constraint, ["a"])],
          indexes: [index(indexName, ["a"])],
        }),
      ],
    });

  it("that somebody gave are taken over by a rename", () => {
    assert.deepEqual(outline(named("UQ_1", "IDX_1"), named("uq_t_a", "ix_t_a")), {
      differences: ["rename constraint UQ_1 to uq_t_a", "rename index IDX_1 to ix_t_a"],
      drift: [],
    });
  });

  it("that were made up cause nothing", () => {
    assert.deepEqual(
      outline(
        named("uq_t_a", "ix_t_a"),
        named("UQ_96aac72f1574b88752e9fb00089", "IDX_96aac72f1574b88752e9fb0008"),
        {
          isNameGenerated: ({ name }) => /^(UQ|IDX)_[0-9a-f]+$/.test(name),
        },
      ),
      { differences: [], drift: [] },
    );
  });

  it("that were made up follow the rename of a column", () => {
    const left = model({ tables: [table("t", ["a integer"], { constraints: [unique("UQ_1", ["a"])] })] });
    const right = model({ tables: [table("t", ["b integer"], { constraints: [unique("UQ_2", ["b"])] })] });
    assert.deepEqual(outline(left, right, { isNameGenerated: () => true, renames: ["t.a:b"] }), {
      differences: ["rename column", "rename constraint UQ_1 to UQ_2"],
      drift: [],
    });
  });
});

describe("questions about renames", () => {
  function asked(before: SchemaModel, after: SchemaModel, options?: CompareOptions): readonly string[] {
    return compareSchemas(before, after, { managed: "all", ...options }).questions.map(
      ({ kind, answer, score }) => `${kind} ${answer} ${score.toFixed(2)}`,
    );
  }

  const left = model({
    enums: [enumType("mood", ["sad", "ok"])],
    tables: [
      table("users", ["id integer not null", "name character varying(50)", "legacy_ref text", "m mood"]),
      table("posts", ["id integer", "title text", "body text"]),
    ],
  });

  it("are asked about columns, longer or not, the likeliest pair first", () => {
    const right = model({
      ...left,
      tables: [
        table("users", ["id integer not null", "full_name character varying(100)", "email text", "m mood"]),
        table("posts", ["id integer", "title text", "body text"]),
      ],
    });
    assert.deepEqual(asked(left, right), [
      "column users.name:users.full_name 0.82",
      "column users.legacy_ref:users.email 0.80",
    ]);
    assert.deepEqual(asked(left, right, { renames: ["users.name:users.full_name"] }), [
      "column users.legacy_ref:users.email 0.80",
    ]);
    assert.deepEqual(asked(left, right, { isRenameAsked: false }), []);
  });

  it("are not asked about columns of unlike types", () => {
    const right = model({
      ...left,
      tables: [
        table("users", ["id integer not null", "name character varying(50)", "m mood", "born date"]),
        ...left.tables.slice(1),
      ],
    });
    assert.deepEqual(asked(left, right), []);
  });

  it("are asked about tables, enums and values", () => {
    const right = model({
      enums: [enumType("feeling", ["sad", "ok"])],
      tables: [
        table("users", ["id integer not null", "name character varying(50)", "legacy_ref text", "m feeling"]),
        table("articles", ["id integer", "title text", "body text", "at date"]),
      ],
    });
    assert.deepEqual(asked(left, right), ["table posts:articles 0.56", "enum mood:feeling 0.80"]);
    const values = model({ ...left, enums: [enumType("mood", ["unhappy", "ok"])] });
    assert.deepEqual(asked(left, values), ["enumValue mood.sad:mood.unhappy 0.50"]);
  });

  it("say when an answer names nothing", () => {
    const { unmatchedRenames } = compareSchemas(left, left, {
      renames: ["users.nme:users.x", "nonsense", "a:b"],
    });
    assert.deepEqual(unmatchedRenames, ["users.nme:users.x", "nonsense", "a:b"]);
  });

  it("say when something keeps the new name", () => {
    const right = model({ ...left, tables: left.tables.slice(1) });
    const occupied = (...renames: readonly string[]): readonly string[] =>
      compareSchemas(left, right, { renames }).occupiedRenames;
    assert.deepEqual(occupied("users:posts"), ["users:posts"]);
    assert.deepEqual(occupied("mood.sad:mood.ok"), ["mood.sad:mood.ok"]);
    assert.deepEqual(occupied("mood.sad:mood.ok", "mood.ok:mood.sad"), []);
  });
});
