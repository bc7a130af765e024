import { misfitOf, type ArgumentKind } from "./argumentKinds";
import type { DropOptions, SchemaOption } from "./arguments";
import { ArgumentTypeError, OperationError } from "./operationError";

/**
 * The option names of a type, with what each may be, or the options that it has itself; the compiler sees to it that none
 * is missing.
 */
export type OptionKeys<Options> = {
  readonly [Key in keyof Options]-?: ArgumentKind | InnerKeys<NonNullable<Options[Key]>>;
};

type InnerKeys<Value> = Value extends readonly unknown[]
  ? never
  : Value extends object
    ? string extends keyof Value
      ? never
      : OptionKeys<Value>
    : never;

/** Option names of whatever type. */
export interface AnyOptionKeys {
  readonly [key: string]: ArgumentKind | AnyOptionKeys;
}

export const schemaKeys: OptionKeys<SchemaOption> = { schema: "text" };

export const dropKeys: OptionKeys<DropOptions> = { ...schemaKeys, ifExists: "flag", cascade: "flag" };

/** Spellings of Alembic, of SQLAlchemy and of the catalogs, of options that are named otherwise here. */
const renamed: ReadonlyMap<string, readonly string[]> = new Map([
  ["server_default", ["default"]],
  ["serverDefault", ["default"]],
  ["type_", ["type"]],
  ["new_column_name", ["newName"]],
  ["newColumnName", ["newName"]],
  ["primary_key", ["primaryKey"]],
  ["existing_server_default", ["existingDefault"]],
  ["existingServerDefault", ["existingDefault"]],
  ["checkfirst", ["ifNotExists", "ifExists"]],
  ["ondelete", ["onDelete"]],
  ["onupdate", ["onUpdate"]],
  ["foreignKey", ["references"]],
  ["column", ["columns"]],
  ["operatorClass", ["opclass"]],
  ["operator_class", ["opclass"]],
  ["values", ["in"]],
  ["source_schema", ["sourceSchema", "schema"]],
  ["referent_schema", ["referentSchema"]],
]);

/**
 * Refuses options that do not exist, and values that they do not take: types are gone when a revision runs, and an
 * option that is quietly ignored would make another table than the one that was written, or drop one of another schema.
 *
 * @param subject what has the options, as `column "name" of "users"`
 * @throws OperationError `invalid-argument`
 */
export function refuseUnknownOptions<Options extends object>(
  options: Options,
  keys: OptionKeys<Options>,
  subject: string,
): void {
  const misfit = misfitOfOptions(options, keys, subject);
  if (misfit !== undefined) {
    throw misfit;
  }
}

/** What is wrong with options, as `refuseUnknownOptions` has it: the first that does not exist, or has another value. */
export function misfitOfOptions(
  options: unknown,
  keys: AnyOptionKeys,
  subject: string,
): OperationError | undefined {
  const misfit = misfitOf(options, "object");
  if (misfit !== undefined) {
    const found = Array.isArray(options) ? "are a list, and must be an object" : misfit;
    return new ArgumentTypeError(
      `The options of ${subject} ${found}.`,
      `Write { … } with any of: ${Object.keys(keys).join(", ")}.`,
    );
  }
  for (const [key, value] of Object.entries(options as object) as readonly (readonly [string, unknown])[]) {
    const found = misfitOfOption(key, value, keys, subject);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function misfitOfOption(
  key: string,
  value: unknown,
  keys: AnyOptionKeys,
  subject: string,
): OperationError | undefined {
  const kind = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (kind === undefined) {
    const message = `Unknown option "${key}" of ${subject}.`;
    return new OperationError("invalid-argument", message, knownHint(key, keys));
  }
  if (value === undefined) {
    return undefined;
  }
  if (typeof kind !== "string") {
    return misfitOfOptions(value, kind, `"${key}" of ${subject}`);
  }
  const misfit = misfitOf(value, kind);
  return misfit === undefined
    ? undefined
    : new ArgumentTypeError(`The option "${key}" of ${subject} ${misfit}.`);
}

function knownHint(key: string, keys: AnyOptionKeys): string {
  const camel = key
    .replace(/^postgresql_/, "")
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const better = [...(renamed.get(key) ?? []), camel].find((name) => Object.hasOwn(keys, name));
  return better === undefined
    ? `Known are: ${Object.keys(keys).join(", ")}.`
    : `It is called ${better} here.`;
}
