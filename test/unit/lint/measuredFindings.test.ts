import assert from "node:assert/strict";
import { describeEffects, describeSize, type LockMode, type RelationEffect } from "../../../src/lint/effects";
import { lintText, revisionText, usual } from "./lintSql";

const relation = (name: string, lock: LockMode, more: Partial<RelationEffect> = {}): RelationEffect => ({
  schema: "public",
  name,
  label: name,
  kind: "table",
  lock,
  isRewritten: false,
  isEmptied: false,
  isRead: false,
  ...more,
});

describe("what may happen, and what was measured", () => {
  const unknownType = "ALTER TABLE users ALTER COLUMN id TYPE bigint";

  it("weighs what only may happen less, unless the project says how much", async () => {
    const levelOf = async (sql: string, levels: typeof usual.levels): Promise<string | undefined> =>
      (await lintText(revisionText(`  await op.execute("${sql}");`), { ...usual, levels })).find(({ code }) =>
        code.endsWith("-rewrites"),
      )?.level;
    assert.deepEqual(
      [
        await levelOf(unknownType, new Map()),
        await levelOf(unknownType, new Map([["column-type-rewrites", "error"]])),
        await levelOf("ALTER TABLE users ADD COLUMN a integer DEFAULT own()", new Map()),
        await levelOf("ALTER TABLE users ADD COLUMN a uuid DEFAULT gen_random_uuid()", new Map()),
      ],
      ["warning", "error", "warning", "error"],
    );
  });

  it("is told in a few words", () => {
    const effects = [
      relation("users", "ACCESS EXCLUSIVE", {
        isRewritten: true,
        isRead: true,
        size: { bytes: 12.4 * 2 ** 30, rows: 48_123_456 },
      }),
      relation("ix", "ACCESS EXCLUSIVE", { kind: "index", isRewritten: true }),
      relation("posts", "ACCESS SHARE", { isRead: true }),
      relation("tags", "ROW EXCLUSIVE"),
      relation("events", "ACCESS EXCLUSIVE", { isEmptied: true }),
    ];
    assert.deepEqual(
      [
        describeEffects({ locksAre: "measured", relations: effects }),
        describeSize({ bytes: 900, rows: undefined }),
        describeSize({ bytes: 0, rows: undefined }),
      ],
      [
        "locks users: ACCESS EXCLUSIVE, rewrites users (12 GB, about 48,000,000 rows); reads all rows of posts; locks events: ACCESS EXCLUSIVE, empties events; rebuilds ix",
        "900 bytes",
        "empty",
      ],
    );
  });
});

describe("the rules of a version", () => {
  const cases: readonly (readonly [sql: string, code: string, from: number, until: number])[] = [
    ["ALTER TABLE users ADD COLUMN age integer DEFAULT 0", "constant-default-rewrites", 9, 11],
    ["ALTER TABLE users ALTER COLUMN email SET NOT NULL", "not-null-scans", 12, 99],
    ["REINDEX INDEX ix_users_email", "reindex-not-concurrent", 12, 99],
    ["ALTER TABLE events DETACH PARTITION events_2020", "detach-partition-not-concurrent", 14, 99],
    ["CREATE INDEX ix_users_email ON users (email)", "index-not-concurrent", 9, 99],
    ["ALTER TABLE events MERGE PARTITIONS (a, b) INTO c", "merge-or-split-partitions", 19, 99],
    ["SELEC 1", "syntax-error", 9, 19],
  ];
  for (const [sql, code, from, until] of cases) {
    it(`apply ${code} from ${String(from)} until ${String(until)}`, async () => {
      const found: number[] = [];
      for (let version = 9; version <= 20; version++) {
        const text = revisionText(`  await op.execute("${sql}");`);
        const findings = await lintText(text, { ...usual, targetVersion: version });
        if (findings.some((finding) => finding.code === code)) {
          found.push(version);
        }
      }
      assert.deepEqual(
        found,
        Array.from({ length: 12 }, (_, index) => index + 9).filter(
          (version) => version >= from && version < until,
        ),
      );
    });
  }
});
