import { createProjectFolder, type ProjectFolder } from "../../support/projectFolder";

const classes = {
  item: `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("items") export class Item { @PrimaryGeneratedColumn() id!: number; @Column("text") name!: string; }
`,
  order: `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("orders") export class Order {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ type: "enum", enum: ["open", "paid"], enumName: "order_state" }) state!: string;
}
`,
};

/** A DataSource with these entries in its list of entities, which are TypeScript. */
export function dataSourceOf(...entities: readonly string[]): string {
  return `import "reflect-metadata";
import { DataSource } from "typeorm";
export const dataSource = new DataSource({ type: "postgres", entities: [${entities.join(", ")}] });
`;
}

/** A project of two entities, each in a folder of its own, in a folder that may have an odd name. */
export function createShop(folder = ".", files: Readonly<Record<string, string>> = {}): ProjectFolder {
  const inFolder = Object.fromEntries(
    Object.entries({
      "package.json": '{ "name": "shop" }',
      "tsconfig.json": '{ "compilerOptions": { "strict": true } }',
      "alembic.config.ts": `import { defineConfig } from "alembic-ts";
export default defineConfig({ scriptLocation: "migrations", dataSource: "src/data-source.ts" });
`,
      "migrations/versions/.gitkeep": "",
      "src/items/item.ts": classes.item,
      "src/orders/order.ts": classes.order,
      "src/data-source.ts": dataSourceOf('"src/items/*.ts"', '"src/orders/*.ts"'),
      ...files,
    }).map(([name, text]) => [`${folder}/${name}`, text]),
  );
  const project = createProjectFolder(inFolder);
  project.linkModules();
  return project;
}
