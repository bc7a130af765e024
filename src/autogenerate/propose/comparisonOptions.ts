import type { CommandContext } from "../../context/commandContext";
import { nameKey } from "../../schema/findNamed";
import type { SchemaModel } from "../../schema/model/schemaModel";
import type { CompareOptions } from "../compare/compareOptions";
import { objectKey, type SchemaObject } from "../compare/schemaObject";
import { isLeftToFiles, type ProjectObjects } from "../objects/projectObjects";
import type { EntityDdl } from "../read/entityDdl";
import { toolTables } from "../read/readDatabase";
import { columnComparisons } from "./columnComparisons";
import { includeObject, isCheckCompared, isExpressibleInEntities, isGeneratedName } from "./compareFilters";

/** The database, and what it is compared with. */
export interface ComparedSides {
  readonly before: SchemaModel;
  readonly ddl: EntityDdl;
  /** Undefined where the project keeps none in files. */
  readonly objects: ProjectObjects | undefined;
}

/** What is compared of a database and its entities, as the project, the entities and the files of objects want it. */
export function comparisonOptions(
  { config }: Pick<CommandContext, "config">,
  { before, ddl, objects }: ComparedSides,
  { noRenames }: { readonly noRenames?: boolean | undefined },
): CompareOptions {
  const isIncluded = includeObject(config, before.defaultSchema);
  const untouched = new Set(
    [...ddl.unsynchronized, ...toolTables(config, before.defaultSchema)].map(nameKey),
  );
  const unsynchronizedIndexes = new Set(ddl.unsynchronizedIndexes.map(objectKey));
  const isLeftAlone = (object: SchemaObject): boolean =>
    object.kind === "index"
      ? unsynchronizedIndexes.has(objectKey(object))
      : (objects !== undefined && isLeftToFiles(objects, object)) ||
        ((object.kind === "table" || object.kind === "view") && untouched.has(nameKey(object)));
  return {
    includeObject: (object, side, counterpart) =>
      !isLeftAlone(object) &&
      isCheckCompared(config, object, counterpart) &&
      isIncluded(object, side, counterpart),
    isExpressible: (object) => isExpressibleInEntities(object, ddl.hasIndexTypes),
    isNameGenerated: isGeneratedName,
    ...columnComparisons(config, before.defaultSchema),
    isRenameAsked: noRenames !== true,
  };
}
