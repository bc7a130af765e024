import assert from "node:assert/strict";
import { ownTables } from "../../../../src/autogenerate/read/ownTables";

const cases: readonly (readonly [
  name: string,
  options: Parameters<typeof ownTables>[0],
  ownSchema: string,
  tables: readonly string[],
])[] = [
  ["names of its own", {}, "public", ["public typeorm_metadata", "public migrations"]],
  [
    "names of the project's",
    { migrationsTableName: "ran", metadataTableName: "meta" },
    "public",
    ["public meta", "public ran"],
  ],
  [
    "a name that begins with a schema",
    { migrationsTableName: "audit.ran" },
    "public",
    ["public typeorm_metadata", "audit ran"],
  ],
  ["a schema for all", { schema: "app" }, "app", ["app typeorm_metadata", "app migrations"]],
  [
    "a name that the server cuts",
    { migrationsTableName: "m".repeat(70) },
    "public",
    ["public typeorm_metadata", `public ${"m".repeat(63)}`],
  ],
];

describe("the tables that TypeORM keeps for itself", () => {
  for (const [name, options, ownSchema, tables] of cases) {
    it(name, () => {
      assert.deepEqual(
        ownTables(options, ownSchema).map((table) => `${table.schema} ${table.name}`),
        tables,
      );
    });
  }
});
