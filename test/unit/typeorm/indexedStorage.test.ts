import assert from "node:assert/strict";
import { getMetadataArgsStorage } from "typeorm";
import { withIndexedStorage } from "../../../src/typeorm/indexedStorage";

class Base {}
class Child extends Base {}
class Other {}

type Lookups = Record<string, (...input: readonly unknown[]) => unknown>;

function filledStorage(): object {
  const storage = Object.create(Object.getPrototypeOf(getMetadataArgsStorage()) as object) as object;
  const of = (target: unknown, propertyName: string): object => ({ target, propertyName });
  const entries = [
    of(Child, "a"),
    of(Base, "b"),
    of(Other, "a"),
    of(Base, "a"),
    of(Child, "c"),
    of("schema", "a"),
  ];
  const lists = ["columns", "relations", "indices", "foreignKeys", "uniques", "checks", "exclusions"];
  for (const list of [...lists, "joinColumns", "joinTables", "generations", "tables"]) {
    Reflect.set(storage, list, [...entries]);
  }
  return storage;
}

const targets: readonly (readonly [string, unknown])[] = [
  ["a class", Base],
  ["a class and its parent", [Child, Base]],
  ["the same class twice", [Base, Base]],
  ["no class", []],
  ["a class without entries", class {}],
  ["the name of a schema", "schema"],
];

const lookups = [
  "filterTables",
  "filterColumns",
  "filterRelations",
  "filterIndices",
  "filterForeignKeys",
  "filterUniques",
  "filterChecks",
  "filterExclusions",
] as const;

describe("TypeORM's store of decorators with an index", () => {
  for (const [name, target] of targets) {
    it(`finds what it finds without one: ${name}`, async () => {
      const storage = filledStorage();
      const found = (): readonly unknown[] => {
        const store = storage as Lookups;
        return [
          ...lookups.map((lookup) => store[lookup]?.(target)),
          ...["a", "b", "c"].flatMap((property) =>
            ["filterJoinColumns", "findJoinTable", "findGenerated"].map((lookup) =>
              store[lookup]?.(target, property),
            ),
          ),
        ];
      };
      const expected = found();
      await withIndexedStorage(storage, () => {
        assert.deepEqual(found(), expected);
        return Promise.resolve();
      });
      assert.deepEqual(found(), expected);
    });
  }

  it("sees entries that are added meanwhile, and is as it was afterwards", async () => {
    const storage = filledStorage();
    const store = storage as Lookups & { readonly indices: object[] };
    const before = Object.getOwnPropertyNames(storage);
    await withIndexedStorage(storage, () => {
      assert.equal((store["filterIndices"]?.(Other) as readonly unknown[]).length, 1);
      store.indices.push({ target: Other });
      assert.equal((store["filterIndices"]?.(Other) as readonly unknown[]).length, 2);
      return Promise.resolve();
    });
    assert.deepEqual(Object.getOwnPropertyNames(storage), before);
  });
});
