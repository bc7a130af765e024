import type { EntityDdl } from "./entityDdl";

/** What the server reads as the moment at which it reads it: a default of it is that moment for ever. */
const frozenMoment =
  /^\s*(?:(?:date|time|timestamp|timestamptz)\s*)?'\s*(now|today|tomorrow|yesterday)\b[\s()]*'(?:::(?:date|time)[\w ()]*)?$/i;

/** Whether a default is a word such as `'now'`, in a column of a date or time: each time it is read it is another value. */
export function isFrozenMoment({
  default: text,
  type,
  isArray,
}: {
  readonly default?: string;
  readonly type: string;
  readonly isArray: boolean;
}): boolean {
  return !isArray && /^(?:date|time)/i.test(type) && frozenMoment.test(text ?? "");
}

/** What gives each row its own moment, by the word that was written. */
const eachRowsOwn: Readonly<Record<string, string>> = {
  now: "now()",
  today: "CURRENT_DATE",
  tomorrow: "CURRENT_DATE + 1",
  yesterday: "CURRENT_DATE - 1",
};

/** Says of each such default what it does, which is seldom what was meant. */
export function frozenDefaultWarnings({ tables, defaultSchema }: EntityDdl): readonly string[] {
  return tables.flatMap(({ schema, name, typeorm }) =>
    (typeorm?.columns ?? []).filter(isFrozenMoment).map((column) => {
      const table = schema === defaultSchema ? name : `${schema}.${name}`;
      const word = frozenMoment.exec(column.default ?? "")?.[1] ?? "now";
      return `The default ${column.default ?? ""} of ${table}.${column.name} is evaluated once, when the column is created: all rows get that moment. To give each row its own, write default: () => "${eachRowsOwn[word.toLowerCase()] ?? "now()"}" in the entity.`;
    }),
  );
}
