import { requireKind, type ArgumentKind } from "./argumentKinds";
import { OperationError } from "./operationError";

/** The option names of a type, with what each may be; the compiler sees to it that none is missing. */
export type OptionKeys<Options> = Readonly<Record<keyof Options, ArgumentKind>>;

/** Alembic's spellings of options that are named otherwise here. */
const renamed = new Map([
  ["server_default", "default"],
  ["serverDefault", "default"],
  ["type_", "type"],
  ["new_column_name", "newName"],
  ["newColumnName", "newName"],
  ["primary_key", "primaryKey"],
  ["existing_server_default", "existingDefault"],
  ["existingServerDefault", "existingDefault"],
  ["checkfirst", "ifNotExists or ifExists"],
  ["ondelete", "onDelete"],
  ["onupdate", "onUpdate"],
  ["foreignKey", "references"],
]);

/**
 * Refuses options that do not exist, and values that they do not take: types are gone when a revision runs, and an
 * option that is quietly ignored would make another table than the one that was written.
 */
export function refuseUnknownOptions<Options extends object>(
  options: Options,
  keys: OptionKeys<Options>,
  subject: string,
): void {
  if (Array.isArray(options)) {
    throw new OperationError(
      "invalid-argument",
      `The options of ${subject} are a list, and must be an object.`,
      optionsHint(keys),
    );
  }
  requireKind(options, "object", `The options of ${subject}`, optionsHint(keys));
  for (const [key, value] of Object.entries(options)) {
    if (Object.hasOwn(keys, key)) {
      if (value !== undefined) {
        requireKind(value, keys[key as keyof Options], `The option "${key}" of ${subject}`);
      }
    } else {
      const camel = key
        .replace(/^postgresql_/, "")
        .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const better = renamed.get(key) ?? (Object.hasOwn(keys, camel) ? camel : undefined);
      throw new OperationError(
        "invalid-argument",
        `Unknown option "${key}" of ${subject}.`,
        better === undefined ? `Known are: ${Object.keys(keys).join(", ")}.` : `It is called ${better} here.`,
      );
    }
  }
}

function optionsHint(keys: object): string {
  return `Write { … } with any of: ${Object.keys(keys).join(", ")}.`;
}
