import type { Operation } from "../../operations/operation";
import { sqlText } from "../../operations/sqlFragment";
import { nameKey } from "../../schema/findNamed";
import { layOutQuery } from "../../sqlText/queryLayout";
import type { PlannedOperation } from "../plan/plannedOperation";
import type { WantedObject } from "./tryObjects";

/** Operations that make what files want, in the words of the files. */
export function inWordsOfFiles(
  planned: readonly PlannedOperation[],
  wanted: readonly WantedObject[],
  defaultSchema: string,
): readonly PlannedOperation[] {
  return wanted.length === 0
    ? planned
    : planned.map((entry) => ({ ...entry, operation: inWords(entry.operation, wanted, defaultSchema) }));
}

function inWords(operation: Operation, wanted: readonly WantedObject[], defaultSchema: string): Operation {
  switch (operation.kind) {
    case "createView":
    case "replaceView":
    case "createMaterializedView": {
      const { schema = defaultSchema, name } = operation;
      const found = wanted.find(
        (each) => each.kind === "view" && nameKey(each.model) === nameKey({ schema, name }),
      );
      const words = found?.file.statement.words;
      return words === undefined ? operation : { ...operation, query: sqlText(layOutQuery(words)) };
    }
    case "createFunction": {
      const { schema = defaultSchema, name } = operation;
      const found = wanted.find(
        (each) =>
          each.kind === "function" &&
          nameKey(each.model) === nameKey({ schema, name }) &&
          each.model.arguments === operation.arguments,
      );
      const words = found?.file.statement.words;
      return words === undefined ? operation : { ...operation, definition: sqlText(words) };
    }
    default:
      return operation;
  }
}
