import { present } from "./sparse";

interface Drop {
  readonly name: string;
  readonly schema?: string;
  readonly ifExists?: boolean;
}

/** What a drop and the making of the same thing have in common. */
export function dropOf(made: {
  readonly name: string;
  readonly schema?: string;
  readonly ifNotExists?: boolean;
}): Drop {
  return present<Drop>({ name: made.name, schema: made.schema, ifExists: made.ifNotExists });
}

/** What the making of a thing and its drop have in common. */
export function madeOf(drop: Drop): {
  readonly name: string;
  readonly schema?: string;
  readonly ifNotExists?: boolean;
} {
  return present<{ name: string; schema?: string; ifNotExists?: boolean }>({
    name: drop.name,
    schema: drop.schema,
    ifNotExists: drop.ifExists,
  });
}

/** The name of a thing, with its schema where there is one. */
export function place({ name, schema }: { readonly name: string; readonly schema?: string }): {
  readonly name: string;
  readonly schema?: string;
} {
  return schema === undefined ? { name } : { name, schema };
}
