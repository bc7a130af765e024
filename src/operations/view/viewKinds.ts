import { namedSubject } from "../kind";
import type { KindTable } from "../kind";
import { call, namedCall } from "../printing/printedCall";
import type { OperationCall } from "../printing/printedCall";
import { dropOf, madeOf, place } from "../wayBack";
import type { CreateMaterializedView, CreateView, ReplaceView, ViewOperation } from "./view";

/** The ways back, the printed calls and the words of each operation on views. */
export const viewKinds: KindTable<ViewOperation> = {
  createView: {
    invert: (operation) => {
      const { kind: _kind, name: _name, schema: _schema, ...was } = operation;
      return { kind: "dropView", ...place(operation), was };
    },
    calls: queryCall,
    subject: namedSubject,
  },
  replaceView: {
    invert: (operation) => {
      const { kind, name: _name, schema: _schema, was, ...definition } = operation;
      return was && { kind, ...place(operation), ...was, was: definition };
    },
    calls: queryCall,
    subject: namedSubject,
  },
  dropView: {
    invert: ({ was, ...operation }) => was && { kind: "createView", ...place(operation), ...was },
    calls: namedCall,
    subject: namedSubject,
  },
  createMaterializedView: {
    invert: (operation) => {
      const { kind: _kind, name: _name, schema: _schema, ifNotExists: _ifNotExists, ...was } = operation;
      return { kind: "dropMaterializedView", ...dropOf(operation), was };
    },
    calls: queryCall,
    subject: namedSubject,
  },
  dropMaterializedView: {
    invert: ({ was, ...operation }) =>
      was && { kind: "createMaterializedView", ...madeOf(operation), ...was },
    calls: namedCall,
    subject: namedSubject,
  },
  refreshMaterializedView: { invert: () => undefined, calls: namedCall, subject: namedSubject },
};

function queryCall({
  kind,
  name,
  query,
  ...options
}: CreateView | ReplaceView | CreateMaterializedView): readonly OperationCall[] {
  return [call(kind, [name, query], options)];
}
