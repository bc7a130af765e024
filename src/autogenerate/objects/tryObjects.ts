import type { Connection } from "../../database/connection";
import { DatabaseError } from "../../database/databaseError";
import { introspect } from "../../database/introspect/introspect";
import { findNamed, nameKey } from "../../schema/findNamed";
import type { FunctionModel, SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName, TriggerModel } from "../../schema/model/tableModel";
import type { ViewModel } from "../../schema/model/viewModel";
import { isAmong, mentionedIn } from "../compare/mentionedNames";
import { functionKey } from "../plan/functionChanges";
import { readFunctions, type KnownFunctions } from "./functionTypes";
import { ObjectFileError } from "./objectFileError";
import { isRoutineKind, isViewKind } from "./objectStatement";
import type { ObjectFile } from "./readObjectFiles";
import { attempt, onCopy, takeSteps, type CopyStep, type EmptyPlace } from "./scratchCopy";

/** What a file makes, as a server prints it. */
export type WantedObject = { readonly file: ObjectFile } & (
  | { readonly kind: "view"; readonly model: ViewModel }
  | { readonly kind: "function"; readonly model: FunctionModel }
  | { readonly kind: "trigger"; readonly table: QualifiedName; readonly model: TriggerModel }
);

/** What a server made of the files, and of the database's own objects. */
export interface TriedObjects {
  readonly wanted: readonly WantedObject[];
  readonly wantedFunctions: KnownFunctions;
  /** The database as the same server prints it. What it could not make is missing. */
  readonly printed: SchemaModel;
  readonly printedFunctions: KnownFunctions;
}

export interface TryOptions {
  /** The database as it is. */
  readonly before: SchemaModel;
  /** As it will be, without what the files are about. */
  readonly reached: SchemaModel;
  /** Functions, by `functionKey`, that files made before they made another. */
  readonly superseded: ReadonlySet<string>;
}

/** What the file is about, in the schema that it names or the default one. */
export function namedIn(file: ObjectFile, defaultSchema: string): QualifiedName {
  const { schema = defaultSchema, name } = file.statement;
  return { schema, name };
}

/** What a trigger's file says it is on. */
export function triggerTable(file: ObjectFile, defaultSchema: string): QualifiedName | undefined {
  const { table } = file.statement;
  return table && { schema: table.schema ?? defaultSchema, name: table.name };
}

/**
 * Makes the objects of all files, in copies of the schema on an empty database, and reads what became of them.
 * @throws ObjectFileError `object-refused`, `object-defined-twice`
 */
export async function tryObjects(
  open: () => Promise<EmptyPlace>,
  files: readonly ObjectFile[],
  { before, reached, superseded }: TryOptions,
): Promise<TriedObjects> {
  const schemas = (model: SchemaModel): readonly string[] => model.schemas.map(({ name }) => name);
  const read = async (
    scratch: Connection,
    model: SchemaModel,
  ): Promise<readonly [SchemaModel, KnownFunctions]> => [
    await introspect(scratch, {
      schemas: model.schemas.map(({ name }) => ({ name })),
      defaultSchema: model.defaultSchema,
    }),
    await readFunctions(scratch, schemas(model), model.defaultSchema),
  ];
  const [printed, printedFunctions] = await onCopy(open, before, async (scratch, steps) => {
    await takeSteps(scratch, steps);
    return read(scratch, before);
  });
  const base = withoutFiled(reached, files, superseded);
  return onCopy(open, base, async (scratch, steps) => {
    const oids = await makeObjects(
      scratch,
      inLikelyOrder(files, base.defaultSchema),
      steps,
      base.defaultSchema,
    );
    const [model, wantedFunctions] = await read(scratch, base);
    const wanted = files.map((file) => modelOf(file, model, wantedFunctions.keys.get(oids.get(file) ?? "")));
    return { wanted, wantedFunctions, printed, printedFunctions };
  });
}

/** Files that mention others behind those. Where that is no order, some are tried again. */
function inLikelyOrder(files: readonly ObjectFile[], defaultSchema: string): readonly ObjectFile[] {
  const byKey = new Map(files.map((file) => [nameKey(namedIn(file, defaultSchema)), file]));
  const ordered = new Set<ObjectFile>();
  const visited = new Set<ObjectFile>();
  const visit = (file: ObjectFile): void => {
    if (visited.has(file)) {
      return;
    }
    visited.add(file);
    const { calls, reads } = mentionedIn(file.statement.text);
    for (const { schema = defaultSchema, name } of [...calls, ...reads]) {
      const key = nameKey({ schema, name });
      const other = byKey.get(key);
      if (other !== undefined && key !== nameKey(namedIn(file, defaultSchema))) {
        visit(other);
      }
    }
    ordered.add(file);
  };
  files.forEach(visit);
  return [...ordered];
}

function withoutFiled(
  model: SchemaModel,
  files: readonly ObjectFile[],
  superseded: ReadonlySet<string>,
): SchemaModel {
  const { defaultSchema } = model;
  const isTrigger = (table: QualifiedName, name: string): boolean =>
    files.some((file) => {
      const on = triggerTable(file, defaultSchema);
      return on !== undefined && nameKey(on) === nameKey(table) && file.statement.name === name;
    });
  const views = new Set(
    files
      .filter(({ statement }) => isViewKind(statement.kind))
      .map((file) => nameKey(namedIn(file, defaultSchema))),
  );
  const without = <Owner extends QualifiedName & { readonly triggers: readonly TriggerModel[] }>(
    owner: Owner,
  ): Owner => ({ ...owner, triggers: owner.triggers.filter(({ name }) => !isTrigger(owner, name)) });
  return {
    ...model,
    tables: model.tables.map(without),
    views: model.views.filter((view) => !views.has(nameKey(view))).map(without),
    functions: model.functions.filter((each) => !superseded.has(functionKey(each))),
  };
}

/** Files and the rest of the schema, in whatever order works. Gives the oids of functions. */
async function makeObjects(
  connection: Connection,
  files: readonly ObjectFile[],
  steps: readonly CopyStep[],
  defaultSchema: string,
): Promise<ReadonlyMap<ObjectFile, string>> {
  const oids = new Map<ObjectFile, string>();
  let pending = files;
  // A function of that name may be the one that the file makes.
  const waits = ({ operation }: CopyStep): boolean =>
    operation.kind === "createFunction" &&
    pending.some(({ statement }) => statement.name === operation.name && isRoutineKind(statement.kind));
  let copies = [
    ...(await takeSteps(
      connection,
      steps.filter((step) => !waits(step)),
    )),
    ...steps.filter(waits),
  ];
  for (;;) {
    const failures = new Map<ObjectFile, unknown>();
    for (const file of pending) {
      const failure = await attempt(connection, () => makeObject(connection, file, oids, defaultSchema));
      if (failure !== undefined) {
        failures.set(file, failure.error);
      }
    }
    const isFileMade = failures.size < pending.length;
    pending = pending.filter((file) => failures.has(file));
    const left = [
      ...(await takeSteps(
        connection,
        copies.filter((step) => !waits(step)),
      )),
      ...copies.filter(waits),
    ];
    const isCopyMade = left.length < copies.length;
    copies = left;
    if (pending.length === 0 || (!isFileMade && !isCopyMade)) {
      requireMade(pending, failures, defaultSchema);
      return oids;
    }
  }
}

async function makeObject(
  connection: Connection,
  file: ObjectFile,
  oids: Map<ObjectFile, string>,
  defaultSchema: string,
): Promise<void> {
  await connection.run(file.statement.text);
  if (!isRoutineKind(file.statement.kind)) {
    return;
  }
  const { schema, name } = namedIn(file, defaultSchema);
  const [newest] = await connection.query(
    `SELECT p.oid::text AS oid FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = $1 AND p.proname = $2 ORDER BY p.oid DESC LIMIT 1`,
    [schema, name],
  );
  const oid = String(newest?.["oid"]);
  const [other] = [...oids].find(([, known]) => known === oid) ?? [];
  if (other !== undefined) {
    throw definedTwice(file, other);
  }
  oids.set(file, oid);
}

function definedTwice(file: ObjectFile, other: Pick<ObjectFile, "label">): ObjectFileError {
  return new ObjectFileError(
    "object-defined-twice",
    `${other.label} also defines the ${file.statement.kind} ${file.statement.name}.`,
    file.placeOf(0),
    "Remove one of the two files.",
  );
}

/**
 * A file that names another one which failed, too, is not to blame.
 * @throws ObjectFileError
 */
function requireMade(
  pending: readonly ObjectFile[],
  failures: ReadonlyMap<ObjectFile, unknown>,
  defaultSchema: string,
): void {
  const isBlamed = (file: ObjectFile): boolean => {
    const { calls, reads } = mentionedIn(file.statement.text);
    return !pending.some(
      (other) =>
        other !== file && isAmong([...calls, ...reads], namedIn(other, defaultSchema), defaultSchema),
    );
  };
  const file = pending.find(isBlamed) ?? pending[0];
  if (file === undefined) {
    return;
  }
  const error = failures.get(file);
  if (!(error instanceof DatabaseError) || error.code !== "statement-failed") {
    throw error;
  }
  throw new ObjectFileError(
    "object-refused",
    `PostgreSQL rejects the ${file.statement.kind}: ${error.message}`,
    file.placeOf(error.position === undefined ? 0 : error.position - 1),
    error.hint ??
      error.detail ??
      "Correct the file. If it needs an extension or a version that the embedded PostgreSQL does not have, set shadowUrl in the configuration to another server.",
    error,
  );
}

function modelOf(file: ObjectFile, model: SchemaModel, key: string | undefined): WantedObject {
  const { defaultSchema } = model;
  const table = triggerTable(file, defaultSchema);
  if (table !== undefined) {
    const owner = findNamed([...model.tables, ...model.views], table);
    const trigger = owner?.triggers.find(({ name }) => name === file.statement.name);
    return { file, kind: "trigger", table, model: requireRead(trigger, file) };
  }
  if (isRoutineKind(file.statement.kind)) {
    const found = model.functions.find((each) => functionKey(each) === key);
    return { file, kind: "function", model: requireRead(found, file) };
  }
  const view = findNamed(model.views, namedIn(file, defaultSchema));
  return { file, kind: "view", model: requireRead(view, file) };
}

function requireRead<Model>(model: Model | undefined, file: ObjectFile): Model {
  if (model === undefined) {
    throw new ObjectFileError(
      "object-not-supported",
      `PostgreSQL did not create this ${file.statement.kind} in a schema that is compared.`,
      file.placeOf(0),
      "In the statement, name a schema that the application uses.",
    );
  }
  return model;
}
