import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { revisionText } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";
import { equalDefaultPairs } from "./pairs/equalDefaultPairs";
import { leftAlonePairs } from "./pairs/leftAlonePairs";
import { createDataSource, withDatabase } from "./support/checkSet";
import { checkPair } from "./support/checkPair";
import { entitySet } from "./support/entitySet";
import { createTestProject } from "./support/project";
import { typeormVersions, useTypeorm } from "./support/typeorm";

/** Each third of them, under one version in turn; all of them, under both, are in test/long. */
const some = [...equalDefaultPairs, ...leftAlonePairs].filter((_pair, index) => index % 3 === 0);

describe("autogenerate leaves alone what entities have no words for, or say in other words", function () {
  this.timeout(120_000);
  this.slow(10_000);
  for (const [index, pair] of some.entries()) {
    const version = pair.only ?? typeormVersions[index % 2] ?? "1.x";
    it(`${pair.name}, with TypeORM ${version}`, async () => checkPair(await sharedPostgres(), version, pair));
  }
});

const pots = entitySet("pots", ({ entity, typeorm: { Column, Index, PrimaryGeneratedColumn } }) => [
  entity(
    "Pot",
    "pot",
    { id: PrimaryGeneratedColumn(), name: Column("text"), litres: Column("int") },
    Index("ix_pot_name", { synchronize: false }),
    Index("ix_pot_litres", ["litres"]),
  ),
]);

const byHand = `
  await op.execute("CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gin");
  await op.execute("CREATE INDEX ix_pot_name ON pot USING gin (name gin_trgm_ops)");
  await op.dropIndex("ix_pot_litres");
  await op.execute("CREATE INDEX ix_pot_litres ON pot (litres DESC)");
  await op.execute("CREATE INDEX ix_pot_covering ON pot (litres) INCLUDE (name)");
`;

describe("autogenerate leaves alone what a revision made by hand", function () {
  this.timeout(120_000);
  this.slow(10_000);
  for (const version of typeormVersions) {
    it(`indexes that entities of TypeORM ${version} have no words for, or do not synchronise`, async () => {
      await withDatabase(await sharedPostgres(), async (url) => {
        const orm = useTypeorm(version);
        const source = (): ReturnType<typeof createDataSource> => createDataSource(orm, pots, url);
        const project = createTestProject({ url });
        try {
          await project.autogenerate(source());
          writeFileSync(
            join(project.directory, "migrations", "versions", "z_by_hand.ts"),
            revisionText({ id: "byhand", down: "rev001", upgrade: byHand }),
          );
          await project.upgrade();
          const { operations } = await project.check(source());
          assert.deepEqual(operations, []);
        } finally {
          project.remove();
        }
      });
    });
  }
});
