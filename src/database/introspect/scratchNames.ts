import type { SchemaModel } from "../../schema/model/schemaModel";
import type { ReadSchema } from "./scope";

/**
 * The model with the names of scratch schemas taken out of all texts: `scratch_app.users` is `app.users`, and
 * `users` where the scratch schema stands for the default one. Scratch names are chosen to occur nowhere else.
 */
export function withoutScratchNames(
  model: SchemaModel,
  schemas: readonly ReadSchema[],
  defaultSchema: string,
): SchemaModel {
  const replacements = schemas
    .filter(({ name, as }) => as !== undefined && as !== name)
    .flatMap(({ name, as }) =>
      [...new Set([quoted(name), `"${name.replaceAll('"', '""')}"`])].map(
        (from): readonly [string, string] => [
          `${from}.`,
          as === undefined || as === defaultSchema ? "" : `${quoted(as)}.`,
        ],
      ),
    );
  if (replacements.length === 0) {
    return model;
  }
  const replace = (text: string): string =>
    replacements.reduce(
      (result, [from, to]) => (result.includes(from) ? result.replaceAll(from, to) : result),
      text,
    );
  return mapTexts(model, replace) as SchemaModel;
}

function mapTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") {
    return replace(value);
  }
  if (Array.isArray(value)) {
    return value.map((part) => mapTexts(part, replace));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapTexts(part, replace)]));
  }
  return value;
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
