import type { CommandContext } from "../../context/commandContext";
import type { Connection } from "../../database/connection";
import type { RevisionGraph } from "../../revision/graph";
import { nameKey } from "../../schema/findNamed";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import type { SchemaComparison } from "../compare/compareSchemas";
import { objectKey, type SchemaObject } from "../compare/schemaObject";
import { functionKey } from "../plan/functionChanges";
import { keptRemark, remarkedKept } from "../read/driftRemarks";
import type { EntityDdl } from "../read/entityDdl";
import type { NewObject } from "../read/scratchModel";
import { openShadow } from "../read/workplace";
import { withObjects } from "./compareObjects";
import { readFunctions } from "./functionTypes";
import { functionObject, keptObjects, triggerObject, type KeptObjects } from "./keptObjects";
import { ObjectFileError } from "./objectFileError";
import { isViewKind } from "./objectStatement";
import { readObjectFiles, type ObjectFile } from "./readObjectFiles";
import { namedIn, triggerTable, tryObjects, type WantedObject } from "./tryObjects";

/** The objects that a project keeps in files. */
export interface ProjectObjects {
  readonly files: readonly ObjectFile[];
  readonly defaultSchema: string;
  /** Schemas that only files name: nothing else in them is compared. */
  readonly ownSchemas: ReadonlySet<string>;
  readonly kept: KeptObjects;
}

/**
 * The files of a project's objects; none where the configuration names no folder.
 * @throws ObjectFileError, LoadError
 */
export async function openObjectFiles({
  config,
}: Pick<CommandContext, "config">): Promise<readonly ObjectFile[]> {
  return config.objects === undefined ? [] : readObjectFiles(config.objects, config.directory);
}

/** The DDL with the schemas that files name among those that are compared. */
export function withSchemasOf(files: readonly ObjectFile[], ddl: EntityDdl): EntityDdl {
  const more = namedSchemas(files).filter(
    (schema) => schema !== ddl.defaultSchema && !ddl.schemas.includes(schema),
  );
  return more.length === 0 ? ddl : { ...ddl, schemas: [...ddl.schemas, ...more].sort() };
}

/** The functions and views that files make and a database does not have: the entities may use them already. */
export function newObjects(
  files: readonly ObjectFile[],
  { views, functions, defaultSchema }: SchemaModel,
): readonly NewObject[] {
  const known = new Set([...views, ...functions].map(nameKey));
  return files
    .filter((file) => file.statement.kind !== "trigger" && !known.has(nameKey(namedIn(file, defaultSchema))))
    .map((file) => ({ ...namedIn(file, defaultSchema), text: file.statement.text }));
}

function namedSchemas(files: readonly ObjectFile[]): readonly string[] {
  const named = files.flatMap(({ statement: { schema, table } }) => [
    ...(schema === undefined ? [] : [schema]),
    ...(table?.schema === undefined ? [] : [table.schema]),
  ]);
  return [...new Set(named)];
}

/**
 * The objects of files beside the entities and the database.
 * @throws ObjectFileError `object-defined-twice`
 */
export function projectObjects(
  files: readonly ObjectFile[],
  {
    ddl,
    before,
    graph,
  }: { readonly ddl: EntityDdl; readonly before: SchemaModel; readonly graph: RevisionGraph },
  comparedSchemas: readonly string[] | "all",
): ProjectObjects {
  const { defaultSchema } = before;
  requireDistinct(files, ddl, defaultSchema);
  const isCompared = (schema: string): boolean =>
    comparedSchemas === "all" || comparedSchemas.includes(schema);
  return {
    files,
    defaultSchema,
    ownSchemas: new Set(namedSchemas(files).filter((schema) => !isCompared(schema))),
    kept: keptObjects(files, before, remarkedKept(graph)),
  };
}

function requireDistinct(files: readonly ObjectFile[], ddl: EntityDdl, defaultSchema: string): void {
  const known = new Map(ddl.views.map((view) => [`view ${nameKey(view)}`, "An entity"]));
  for (const file of files) {
    const table = triggerTable(file, defaultSchema);
    const { kind, name } = file.statement;
    const key = isViewKind(kind)
      ? `view ${nameKey(namedIn(file, defaultSchema))}`
      : table === undefined
        ? undefined
        : `trigger ${nameKey(table)} ${name}`;
    const other = key === undefined ? undefined : known.get(key);
    if (other !== undefined) {
      throw new ObjectFileError(
        "object-defined-twice",
        `${other} also defines the ${kind} ${name}.`,
        file.placeOf(0),
        "Keep one of the two.",
      );
    }
    if (key !== undefined) {
      known.set(key, file.label);
    }
  }
}

/** Whether the comparison with the entities has nothing to say of an object: it is a file's, or in a schema of files alone. */
export function isLeftToFiles(
  { files, defaultSchema, ownSchemas }: ProjectObjects,
  { kind, schema, table, name }: SchemaObject,
): boolean {
  switch (kind) {
    case "view":
      return (
        ownSchemas.has(schema) ||
        files.some(
          (file) =>
            isViewKind(file.statement.kind) &&
            nameKey(namedIn(file, defaultSchema)) === nameKey({ schema, name }),
        )
      );
    case "trigger":
      return (
        ownSchemas.has(schema) ||
        files.some((file) => {
          const on = triggerTable(file, defaultSchema);
          return (
            on !== undefined &&
            nameKey(on) === nameKey({ schema, name: table ?? "" }) &&
            file.statement.name === name
          );
        })
      );
    case "schema":
    case "function":
      return false;
    default:
      return ownSchemas.has(schema);
  }
}

/** The entities' schema, without functions and triggers whose file is gone: they are only in the database now. */
export function withoutRemoved(after: SchemaModel, { kept }: ProjectObjects): SchemaModel {
  const removed = new Set(kept.removed.map(functionKey));
  const triggers = new Set(kept.removedTriggers.map(objectKey));
  const stays = (table: QualifiedName, name: string): boolean =>
    !triggers.has(objectKey(triggerObject(table, name)));
  return {
    ...after,
    functions: after.functions.filter((each) => !removed.has(functionKey(each))),
    tables: after.tables.map((table) =>
      table.triggers.every(({ name }) => stays(table, name))
        ? table
        : { ...table, triggers: table.triggers.filter(({ name }) => stays(table, name)) },
    ),
  };
}

/** A comparison that knows of the files, all that these want, and the remarks for the new revision. */
export interface ComparedObjects {
  readonly comparison: SchemaComparison;
  readonly wanted: readonly WantedObject[];
  readonly remarks: readonly string[];
}

/**
 * Adds what the files want otherwise than the database has it.
 * @param comparison with the entities
 * @throws ObjectFileError, DatabaseError
 */
export async function compareObjects(
  context: CommandContext,
  connection: Connection,
  { files, kept }: ProjectObjects,
  comparison: SchemaComparison,
): Promise<ComparedObjects> {
  const { before, reached } = comparison;
  const schemas = before.schemas.map(({ name }) => name);
  const functions = await readFunctions(connection, schemas, before.defaultSchema);
  const superseded = new Set([...kept.made.values()].flat().map(functionKey));
  const isOwn = context.config.shadowUrl === undefined;
  const tried = await tryObjects(async () => ({ database: await openShadow(context), isOwn }), files, {
    before,
    reached,
    superseded,
  });
  const { comparison: compared, changed } = withObjects(comparison, tried, { functions, kept });
  return { comparison: compared, wanted: tried.wanted, remarks: changed.map(remarkOf) };
}

function remarkOf(wanted: WantedObject): string {
  const { label } = wanted.file;
  switch (wanted.kind) {
    case "function":
      return keptRemark(functionObject(wanted.model), label);
    case "view": {
      const { schema, name } = wanted.model;
      return keptRemark({ kind: "view", schema, table: undefined, name }, label);
    }
    case "trigger":
      return keptRemark(triggerObject(wanted.table, wanted.model.name), label);
  }
}
