import assert from "node:assert/strict";
import { buildEntities } from "../../../src/typeorm/buildEntities";
import { entityDdl } from "../../../src/autogenerate/read/entityDdl";
import { withStoredArgumentsKept } from "../../../src/typeorm/storedArguments";
import { typeormVersions, useTypeorm } from "../../autogenerate/support/typeorm";

describe("what decorators stored", () => {
  it("is put back after a build that changed it", async () => {
    const storage = {
      columns: [{ options: { default: 1, name: "n" } }, { options: {} as object }],
      tables: [{}],
    };
    await withStoredArgumentsKept(storage, () => {
      Object.assign(storage.columns[0]?.options ?? {}, { default: 2 });
      Object.assign(storage.columns[1]?.options ?? {}, { default: 3 });
      return Promise.resolve();
    });
    assert.deepEqual(storage, {
      columns: [{ options: { default: 1, name: "n" } }, { options: {} }],
      tables: [{}],
    });
  });

  for (const version of typeormVersions) {
    it(`gives the same tables in a second build of TypeORM ${version}`, async () => {
      const { entity, childOf, typeorm } = useTypeorm(version);
      const { Column, Entity, PrimaryGeneratedColumn } = typeorm;
      const pot = entity("Pot", "pot", {
        id: PrimaryGeneratedColumn(),
        litres: Column("int", { default: 1 }),
      });
      const bigPot = childOf(pot, "BigPot", Entity("big_pot"), { litres: Column("int", { default: 9 }) });
      const build = async (): Promise<readonly string[]> => {
        const dataSource = new typeorm.DataSource({ type: "postgres", entities: [pot, bigPot] });
        const built = await buildEntities({
          dataSource: dataSource as never,
          file: __filename,
          quickly: (load) => load(),
          directory: __dirname,
          defaultSchema: "public",
          serverVersion: "15.0",
        });
        const { tables } = await entityDdl(built, "public");
        return tables.map(({ statements }) => statements.join("\n"));
      };
      assert.deepEqual(await build(), await build());
    });
  }
});
