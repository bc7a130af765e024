import { quoteIdentifier, quoteQualifiedName } from "../quote";
import { words } from "../sqlText";

/** For each kind of a union of operations, its statements in order. */
export type StatementsOf<Union extends { readonly kind: string }> = {
  readonly [Kind in Union["kind"]]: (operation: Extract<Union, { readonly kind: Kind }>) => readonly string[];
};

interface NamedDrop {
  readonly schema?: string;
  readonly name: string;
  readonly ifExists?: boolean;
  readonly cascade?: boolean;
}

/** The maker of `DROP <object> IF EXISTS name CASCADE`. */
export function dropNamed(object: string): (drop: NamedDrop) => readonly string[] {
  return (drop) => [
    words(
      `DROP ${object}`,
      drop.ifExists === true && "IF EXISTS",
      quoteQualifiedName(drop.schema, drop.name),
      drop.cascade === true && "CASCADE",
    ),
  ];
}

interface DropFromTable {
  readonly schema?: string;
  readonly table: string;
  readonly name: string;
  readonly ifExists?: boolean;
  readonly cascade?: boolean;
}

/** The maker of `DROP <object> IF EXISTS name ON table CASCADE`. */
export function dropFromTable(object: "TRIGGER" | "POLICY"): (drop: DropFromTable) => readonly string[] {
  return (drop) => [
    words(
      `DROP ${object}`,
      drop.ifExists === true && "IF EXISTS",
      quoteIdentifier(drop.name),
      `ON ${quoteQualifiedName(drop.schema, drop.table)}`,
      drop.cascade === true && "CASCADE",
    ),
  ];
}
