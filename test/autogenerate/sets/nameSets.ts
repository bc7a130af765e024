import { entitySet, type EntitySet } from "../support/entitySet";

/** 26 bytes for every 26 characters, and one that is cut in two where `ä` stands at the limit. */
const long = (start: string, length: number): string =>
  `${start}_${"abcdefghijklmnopqrstuvwxyz".repeat(4)}`.slice(0, length);

const longNames: EntitySet["entities"] = ({ entity, typeorm }) => {
  const {
    Check,
    Column,
    Index,
    JoinColumn,
    JoinTable,
    ManyToMany,
    ManyToOne,
    PrimaryGeneratedColumn,
    Unique,
  } = typeorm;
  const Owner = entity("Owner", long("owner", 70), {
    id: PrimaryGeneratedColumn({ primaryKeyConstraintName: long("pk_owner", 80) }),
    state: Column({ type: "enum", enum: ["on", "off"], enumName: long("state", 66), default: "on" }),
    note: Column("text", { name: long("note", 65), default: "none", comment: "kept" }),
  });
  const Thing = entity(
    "Thing",
    { name: `${long("thing", 62)}äöü`, schema: long("schema", 64) },
    {
      id: PrimaryGeneratedColumn(),
      count: Column("int", { name: long("count", 90), default: 0 }),
      owner: [
        ManyToOne(() => Owner),
        JoinColumn({ name: long("owner_id", 64), foreignKeyConstraintName: long("fk_owner", 72) }),
      ],
      owners: [ManyToMany(() => Owner), JoinTable({ name: long("thing_owners", 75) })],
    },
    Index(long("ix_count", 70), ["count"]),
    Unique(long("uq_thing", 70), ["id", "count"]),
    Check(long("ck_thing", 70), `"${long("count", 90)}" >= 0`),
  );
  return [Owner, Thing];
};

/** Names as people give them: the server keeps 63 bytes. */
export const nameSets: readonly EntitySet[] = [
  entitySet("names of everything that are too long", longNames, {
    synchronizeSetup: `CREATE SCHEMA "${long("schema", 64)}"`,
    onEmbedded: true,
  }),
];
