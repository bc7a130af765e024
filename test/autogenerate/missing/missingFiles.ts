/** The files of entities that random cases take away, by their paths in the project. */
export const entityFiles: Readonly<Record<string, string>> = {
  "src/items/item.ts": `import { Column, Entity, Index, JoinTable, ManyToMany, PrimaryGeneratedColumn } from "typeorm";
@Entity("items") @Index("ix_items_name", ["name"]) export class Item {
  @PrimaryGeneratedColumn() id!: number;
  @Column("text") name!: string;
  @ManyToMany("Tag") @JoinTable({ name: "item_tags" }) tags!: unknown[];
}
`,
  "src/items/tag.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("tags") export class Tag { @PrimaryGeneratedColumn() id!: number; @Column("text") label!: string; }
`,
  "src/stock/stockedItem.ts": `import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";
@Entity("items") @Index("ix_items_shelf", ["shelf"]) export class StockedItem {
  @PrimaryGeneratedColumn() id!: number;
  @Column("text", { nullable: true }) shelf!: string;
  @Column("int", { default: 0 }) amount!: number;
}
`,
  "src/orders/order.ts": `import { Check, Column, Entity, ManyToOne, PrimaryGeneratedColumn } from "typeorm";
@Entity("orders") @Check("ck_orders", "amount > 0") export class Order {
  @PrimaryGeneratedColumn() id!: number;
  @Column("int") amount!: number;
  @Column({ type: "enum", enum: ["open", "paid"], enumName: "order_state" }) state!: string;
  @ManyToOne("Customer") customer!: unknown;
}
`,
  "src/orders/customer.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity("customers") export class Customer {
  @PrimaryGeneratedColumn() id!: number;
  @Column({ type: "text", unique: true, comment: "as typed in" }) email!: string;
}
`,
  "src/media/medium.ts": `import { Column, Entity, PrimaryGeneratedColumn, TableInheritance } from "typeorm";
@Entity("media") @TableInheritance({ column: { type: "varchar", name: "kind" } }) export class Medium {
  @PrimaryGeneratedColumn() id!: number;
  @Column("text") title!: string;
}
`,
  "src/media/photo.ts": `import { ChildEntity, Column, Index } from "typeorm";
import { Medium } from "./medium";
@ChildEntity() @Index("ix_media_width", ["width"]) export class Photo extends Medium {
  @Column("int", { nullable: true }) width!: number;
}
`,
  "src/media/video.ts": `import { ChildEntity, Column, Unique } from "typeorm";
import { Medium } from "./medium";
@ChildEntity() @Unique("uq_media_reel", ["reel"]) export class Video extends Medium {
  @Column("int", { nullable: true }) reel!: number;
  @Column({ type: "enum", enum: ["sd", "hd"], enumName: "quality", nullable: true }) quality!: string;
}
`,
  "src/reports/log.ts": `import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
@Entity({ name: "logs", schema: "audit" }) export class Log { @PrimaryGeneratedColumn("uuid") id!: string; @Column("text") text!: string; }
`,
  "src/reports/category.ts": `import { Column, Entity, PrimaryGeneratedColumn, Tree, TreeChildren, TreeParent } from "typeorm";
@Entity("categories") @Tree("closure-table") export class Category {
  @PrimaryGeneratedColumn() id!: number;
  @Column("text") name!: string;
  @TreeChildren() children!: Category[];
  @TreeParent() parent!: Category;
}
`,
  "src/reports/revenue.ts": `import { ViewColumn, ViewEntity } from "typeorm";
@ViewEntity({ name: "revenue", expression: "SELECT sum(amount) AS total FROM orders" }) export class Revenue { @ViewColumn() total!: number; }
`,
};

const folders = ["items", "stock", "orders", "media", "reports"];

/** What happens to a file; `name` is its table in a class that got another one. */
export const fates = [
  "missing",
  "renamed",
  "moved",
  "unreadable",
  "failing",
  "empty",
  "undecorated",
  "retitled",
] as const;

/** The files of a project after some of its entity files met with something, and folders are not matched any more. */
export function projectAfter(
  fateOf: Readonly<Record<string, (typeof fates)[number] | undefined>>,
  unmatched: readonly string[],
): Readonly<Record<string, string>> {
  const files = Object.entries(entityFiles).flatMap(
    ([path, text]): readonly (readonly [string, string])[] => {
      switch (fateOf[path]) {
        case undefined:
          return [[path, text]];
        case "missing":
          return [];
        case "renamed":
          return [[`${path}.bak`, text]];
        case "moved":
          return [[path.replace("src/", "elsewhere/"), text]];
        case "unreadable":
          return [[path, text.slice(0, -6)]];
        case "failing":
          return [[path, `throw new Error("not today");\n${text}`]];
        case "empty":
          return [[path, ""]];
        case "undecorated":
          return [[path, text.replace(/@(?:Entity|ChildEntity|ViewEntity)\((?:\{[^}]*\}|"[^"]*")?\)/, "")]];
        case "retitled":
          return [[path, text.replace(/(@Entity\((?:\{ name: )?")(\w+)"/, '$1new_$2"')]];
      }
    },
  );
  const globs = folders.map(
    (folder) => `"src/${unmatched.includes(folder) ? `${folder}_old` : folder}/*.ts"`,
  );
  return {
    ...Object.fromEntries(files),
    "src/data-source.ts": `import "reflect-metadata";
import { DataSource } from "typeorm";
export const dataSource = new DataSource({ type: "postgres", entities: [${globs.join(", ")}] });
`,
  };
}

export { folders };
