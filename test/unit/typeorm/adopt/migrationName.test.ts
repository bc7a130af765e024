import assert from "node:assert/strict";
import { readMigrationName } from "../../../../src/typeorm/adopt/migrationName";

describe("the name of a TypeORM migration in words", () => {
  const names: readonly (readonly [name: string, words: string | undefined])[] = [
    ["CreateUsers1700000000001", "Create users"],
    ["AddFKToUserTables1700000000001", "Add FK to user tables"],
    ["addUUIDColumn1700000000001", "add UUID column"],
    ["Add2FAToUsers1700000000001", "Add2 FA to users"],
    ["create_order_items1700000000001", "create order items"],
    ["ÄndereGröße1700000000001", "Ändere größe"],
    ["M1700000000001", "M"],
    ["1700000000001", ""],
    ["CreateUsers", undefined],
    ["CreateUsers170000000000", undefined],
    ["CreateUsers0000000000000", undefined],
  ];
  it("has a number in front, by which TypeORM orders it too", () => {
    const name = "0012-add_Users";
    assert.deepEqual(readMigrationName("2-add_Users"), {
      name: "2-add_Users",
      timestamp: 2,
      words: "add users",
    });
    assert.deepEqual(readMigrationName(name.slice(1)), {
      name: "012-add_Users",
      timestamp: 12,
      words: "add users",
    });
    assert.equal(readMigrationName("12-create-the-users"), undefined);
  });

  for (const [name, words] of names) {
    it(`${name} → ${String(words)}`, () => {
      const read = readMigrationName(name);
      assert.equal(read?.words, words);
      assert.equal(read?.timestamp, words === undefined ? undefined : 1_700_000_000_001);
    });
  }
});
