import { entitySet, type EntitySet } from "../support/entitySet";
import type { Orm } from "../support/typeorm";

type Class = new () => object;

/** A user and a post that belongs to it. */
function userAndPost(
  relation: (orm: Orm, user: () => Class) => PropertyDecorator | readonly PropertyDecorator[],
): EntitySet["entities"] {
  return (orm) => {
    const { Column, PrimaryGeneratedColumn } = orm.typeorm;
    const User: Class = orm.entity("User", "users", { id: PrimaryGeneratedColumn(), name: Column("text") });
    const Post = orm.entity("Post", "posts", {
      id: PrimaryGeneratedColumn(),
      user: relation(orm, () => User),
    });
    return [User, Post];
  };
}

const actions = ["RESTRICT", "CASCADE", "SET NULL", "DEFAULT", "NO ACTION"] as const;
const deferrables = ["INITIALLY DEFERRED", "INITIALLY IMMEDIATE"] as const;

/** Relations: foreign keys with every option, junction tables, cycles. */
export const relationSets: readonly EntitySet[] = [
  entitySet(
    "many-to-one",
    userAndPost((orm, user) => orm.typeorm.ManyToOne(user)),
    { onEmbedded: true },
  ),
  entitySet(
    "one-to-one",
    userAndPost((orm, user) => [orm.typeorm.OneToOne(user), orm.typeorm.JoinColumn()]),
    {
      onEmbedded: true,
    },
  ),
  entitySet(
    "many-to-one that is required",
    userAndPost((orm, user) => orm.typeorm.ManyToOne(user, { nullable: false })),
  ),
  entitySet(
    "many-to-one with a named column and constraint",
    userAndPost((orm, user) => [
      orm.typeorm.ManyToOne(user, { onDelete: "CASCADE" }),
      orm.typeorm.JoinColumn({ name: "author_id", foreignKeyConstraintName: "posts_author_fkey" }),
    ]),
    { onEmbedded: true },
  ),
  entitySet(
    "no foreign key",
    userAndPost((orm, user) => orm.typeorm.ManyToOne(user, { createForeignKeyConstraints: false })),
  ),
  ...actions
    .filter((action) => action !== "DEFAULT")
    .map((action) =>
      entitySet(
        `on delete and on update ${action}`,
        userAndPost((orm, user) => orm.typeorm.ManyToOne(user, { onDelete: action, onUpdate: action })),
        { onEmbedded: action === "CASCADE" },
      ),
    ),
  ...deferrables.map((deferrable) =>
    entitySet(
      `foreign key ${deferrable}`,
      userAndPost((orm, user) => orm.typeorm.ManyToOne(user, { deferrable })),
    ),
  ),
  entitySet(
    "a reference to a unique column",
    ({ entity, typeorm: { Column, JoinColumn, ManyToOne, PrimaryGeneratedColumn } }) => {
      const User: Class = entity("User", "users", {
        id: PrimaryGeneratedColumn(),
        email: Column("varchar", { unique: true, length: 100 }),
      });
      return [
        User,
        entity("Post", "posts", {
          id: PrimaryGeneratedColumn(),
          user: [ManyToOne(() => User), JoinColumn({ name: "user_email", referencedColumnName: "email" })],
        }),
      ];
    },
  ),
  entitySet(
    "a reference to a composite key",
    ({ entity, typeorm: { JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } }) => {
      const Seat: Class = entity("Seat", "seats", {
        row: PrimaryColumn("int"),
        number: PrimaryColumn("int"),
      });
      return [
        Seat,
        entity("Ticket", "tickets", {
          id: PrimaryGeneratedColumn(),
          seat: [
            ManyToOne(() => Seat),
            JoinColumn([
              { name: "seat_row", referencedColumnName: "row" },
              { name: "seat_number", referencedColumnName: "number" },
            ]),
          ],
        }),
      ];
    },
    { onEmbedded: true },
  ),
  entitySet(
    "a reference as part of the key",
    ({ entity, typeorm: { Column, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn } }) => {
      const Order: Class = entity("Order", "orders", { id: PrimaryGeneratedColumn() });
      return [
        Order,
        entity("Line", "lines", {
          orderId: PrimaryColumn("int"),
          number: PrimaryColumn("int"),
          order: ManyToOne(() => Order, { onDelete: "CASCADE" }),
          text: Column("text"),
        }),
      ];
    },
  ),
  entitySet(
    "a table that references itself",
    ({ entity, typeorm: { ManyToOne, OneToMany, PrimaryGeneratedColumn } }) => {
      const Category: Class = entity("Category", "categories", {
        id: PrimaryGeneratedColumn(),
        parent: ManyToOne(() => Category, "children"),
        children: OneToMany(() => Category, "parent"),
      });
      return [Category];
    },
  ),
  entitySet(
    "a cycle of two tables",
    ({ entity, typeorm: { JoinColumn, ManyToOne, OneToOne, PrimaryGeneratedColumn } }) => {
      const Team: Class = entity("Team", "teams", {
        id: PrimaryGeneratedColumn(),
        captain: [OneToOne(() => Player), JoinColumn()],
      });
      const Player: Class = entity("Player", "players", {
        id: PrimaryGeneratedColumn(),
        team: ManyToOne(() => Team),
      });
      return [Team, Player];
    },
    { onEmbedded: true },
  ),
  entitySet("a cycle of three tables", ({ entity, typeorm: { ManyToOne, PrimaryGeneratedColumn } }) => {
    const A: Class = entity("A", "a", { id: PrimaryGeneratedColumn(), next: ManyToOne(() => B) });
    const B: Class = entity("B", "b", { id: PrimaryGeneratedColumn(), next: ManyToOne(() => C) });
    const C: Class = entity("C", "c", { id: PrimaryGeneratedColumn(), next: ManyToOne(() => A) });
    return [A, B, C];
  }),
  entitySet(
    "many-to-many",
    ({ entity, typeorm: { JoinTable, ManyToMany, PrimaryGeneratedColumn } }) => {
      const Tag: Class = entity("Tag", "tags", { id: PrimaryGeneratedColumn() });
      return [
        Tag,
        entity("Post", "posts", { id: PrimaryGeneratedColumn(), tags: [ManyToMany(() => Tag), JoinTable()] }),
      ];
    },
    { onEmbedded: true },
  ),
  entitySet(
    "many-to-many from both sides",
    ({ entity, typeorm: { JoinTable, ManyToMany, PrimaryGeneratedColumn } }) => {
      const Tag: Class = entity("Tag", "tags", {
        id: PrimaryGeneratedColumn("uuid"),
        posts: ManyToMany(() => Post, "tags"),
      });
      const Post: Class = entity("Post", "posts", {
        id: PrimaryGeneratedColumn(),
        tags: [ManyToMany(() => Tag, "posts", { onDelete: "RESTRICT" }), JoinTable()],
      });
      return [Tag, Post];
    },
  ),
  entitySet(
    "many-to-many with names",
    ({ entity, typeorm: { JoinTable, ManyToMany, PrimaryGeneratedColumn } }) => {
      const Tag: Class = entity("Tag", "tags", { id: PrimaryGeneratedColumn() });
      return [
        Tag,
        entity("Post", "posts", {
          id: PrimaryGeneratedColumn(),
          tags: [
            ManyToMany(() => Tag, { onDelete: "CASCADE" }),
            JoinTable({
              name: "post_tags",
              joinColumn: { name: "post_id", foreignKeyConstraintName: "post_tags_post_fkey" },
              inverseJoinColumn: { name: "tag_id", foreignKeyConstraintName: "post_tags_tag_fkey" },
            }),
          ],
        }),
      ];
    },
  ),
  entitySet(
    "many-to-many with itself",
    ({ entity, typeorm: { JoinTable, ManyToMany, PrimaryGeneratedColumn } }) => {
      const User: Class = entity("User", "users", {
        id: PrimaryGeneratedColumn(),
        friends: [ManyToMany(() => User), JoinTable()],
      });
      return [User];
    },
  ),
  entitySet(
    "many-to-many with composite keys",
    ({ entity, typeorm: { JoinTable, ManyToMany, PrimaryColumn } }) => {
      const Room: Class = entity("Room", "rooms", {
        house: PrimaryColumn("int"),
        number: PrimaryColumn("int"),
      });
      return [
        Room,
        entity("Device", "devices", {
          serial: PrimaryColumn("varchar", { length: 30 }),
          rooms: [ManyToMany(() => Room), JoinTable()],
        }),
      ];
    },
  ),
  entitySet(
    "many-to-many without foreign keys",
    ({ entity, typeorm: { JoinTable, ManyToMany, PrimaryGeneratedColumn } }) => {
      const Tag: Class = entity("Tag", "tags", { id: PrimaryGeneratedColumn() });
      return [
        Tag,
        entity("Post", "posts", {
          id: PrimaryGeneratedColumn(),
          tags: [ManyToMany(() => Tag, { createForeignKeyConstraints: false }), JoinTable()],
        }),
      ];
    },
  ),
  entitySet("two references to one table", ({ entity, typeorm: { ManyToOne, PrimaryGeneratedColumn } }) => {
    const User: Class = entity("User", "users", { id: PrimaryGeneratedColumn() });
    return [
      User,
      entity("Message", "messages", {
        id: PrimaryGeneratedColumn(),
        sender: ManyToOne(() => User, { nullable: false }),
        receiver: ManyToOne(() => User, { onDelete: "SET NULL" }),
      }),
    ];
  }),
  entitySet(
    "a foreign key without a relation",
    ({ entity, typeorm: { Column, ForeignKey, PrimaryGeneratedColumn } }) => {
      const User: Class = entity("User", "users", { id: PrimaryGeneratedColumn() });
      return [
        User,
        entity("Post", "posts", {
          id: PrimaryGeneratedColumn(),
          userId: [
            Column("int", { name: "user_id" }),
            ForeignKey(() => User, { onDelete: "CASCADE", name: "posts_user_fkey" }),
          ],
        }),
      ];
    },
  ),
  entitySet(
    "a foreign key without a relation, of several columns",
    ({ entity, typeorm: { Column, ForeignKey, PrimaryColumn, PrimaryGeneratedColumn } }) => {
      const Seat: Class = entity("Seat", "seats", {
        row: PrimaryColumn("int"),
        number: PrimaryColumn("int"),
      });
      return [
        Seat,
        entity(
          "Ticket",
          "tickets",
          { id: PrimaryGeneratedColumn(), seatRow: Column("int"), seatNumber: Column("int") },
          ForeignKey(() => Seat, ["seatRow", "seatNumber"], ["row", "number"]),
        ),
      ];
    },
  ),
];
