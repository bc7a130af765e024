import { nameKey } from "../../schema/findNamed";
import type { FunctionModel, SchemaModel } from "../../schema/model/schemaModel";
import type { QualifiedName } from "../../schema/model/tableModel";
import { functionKey } from "../plan/functionChanges";
import { functionSignature, objectKey, type ObjectIdentity } from "../compare/schemaObject";
import { keptObject } from "../read/driftRemarks";
import { isRoutineKind } from "./objectStatement";
import type { ObjectFile } from "./readObjectFiles";
import { namedIn, triggerTable } from "./tryObjects";

/** What revisions say of a database's functions and triggers, beside the files that there are now. */
export interface KeptObjects {
  /** Functions whose file is gone. */
  readonly removed: readonly FunctionModel[];
  /** Triggers whose file is gone. */
  readonly removedTriggers: readonly ObjectIdentity[];
  /** Functions that a file of today made before: it makes them still, or another of their name in their place. */
  readonly made: ReadonlyMap<ObjectFile, readonly FunctionModel[]>;
}

/** A function as remarks and answers name it. */
export function functionObject(model: FunctionModel): ObjectIdentity {
  return { kind: "function", schema: model.schema, table: undefined, name: functionSignature(model) };
}

/** A trigger as remarks and answers name it. */
export function triggerObject({ schema, name: table }: QualifiedName, name: string): ObjectIdentity {
  return { kind: "trigger", schema, table, name };
}

function wasKept(remarks: ReadonlySet<string>, object: ObjectIdentity): boolean {
  const start = keptObject(object, "");
  return [...remarks].some((remark) => remark.startsWith(start));
}

/**
 * Finds what became of the files of functions and triggers. A file that makes a function of the name, and of which no revision says
 * that it made another one, may be the same under a new path.
 * @param remarks as `remarkedKept` gives them
 */
export function keptObjects(
  files: readonly ObjectFile[],
  model: SchemaModel,
  remarks: ReadonlySet<string>,
): KeptObjects {
  return { ...keptFunctions(files, model, remarks), removedTriggers: removedTriggers(files, model, remarks) };
}

function removedTriggers(
  files: readonly ObjectFile[],
  { tables, views, defaultSchema }: SchemaModel,
  remarks: ReadonlySet<string>,
): readonly ObjectIdentity[] {
  const kept = new Set(
    files.flatMap((file) => {
      const on = triggerTable(file, defaultSchema);
      return on === undefined ? [] : [objectKey(triggerObject(on, file.statement.name))];
    }),
  );
  return [...tables, ...views]
    .flatMap((owner) => owner.triggers.map(({ name }) => triggerObject(owner, name)))
    .filter((trigger) => wasKept(remarks, trigger) && !kept.has(objectKey(trigger)));
}

function keptFunctions(
  files: readonly ObjectFile[],
  { functions, defaultSchema }: SchemaModel,
  remarks: ReadonlySet<string>,
): Omit<KeptObjects, "removedTriggers"> {
  const made = new Map<ObjectFile, readonly FunctionModel[]>();
  const removed: FunctionModel[] = [];
  const isKeptIn = (model: FunctionModel, file: ObjectFile): boolean =>
    remarks.has(keptObject(functionObject(model), file.label));
  for (const model of functions.filter((each) => wasKept(remarks, functionObject(each)))) {
    const candidates = files.filter(
      (file) =>
        isRoutineKind(file.statement.kind) && nameKey(namedIn(file, defaultSchema)) === nameKey(model),
    );
    const own = candidates.filter((file) => isKeptIn(model, file));
    for (const file of own) {
      made.set(file, [...(made.get(file) ?? []), model]);
    }
    const isElsewhere = candidates.some(
      (file) =>
        !functions.some((other) => functionKey(other) !== functionKey(model) && isKeptIn(other, file)),
    );
    if (own.length === 0 && !isElsewhere) {
      removed.push(model);
    }
  }
  return { removed, made };
}
