import { namedSubject } from "../kind";
import type { KindTable } from "../kind";
import { namedCall } from "../printing/printedCall";
import { dropOf, madeOf, place } from "../wayBack";
import type { SequenceOperation } from "./sequence";

/** The ways back, the printed calls and the words of each operation on sequences. */
export const sequenceKinds: KindTable<SequenceOperation> = {
  createSequence: {
    invert: (operation) => {
      const { kind: _kind, name: _name, schema: _schema, ifNotExists: _ifNotExists, ...was } = operation;
      return { kind: "dropSequence", ...dropOf(operation), was };
    },
    calls: namedCall,
    subject: namedSubject,
  },
  dropSequence: {
    invert: ({ was, ...operation }) => was && { kind: "createSequence", ...madeOf(operation), ...was },
    calls: namedCall,
    subject: namedSubject,
  },
  alterSequence: {
    invert: (operation) => {
      const { kind, name: _name, schema: _schema, was, ownedBy, restart, ...changes } = operation;
      const isKnown = was !== undefined && Object.keys(changes).every((key) => Object.hasOwn(was, key));
      return !isKnown || ownedBy !== undefined || restart !== undefined
        ? undefined
        : { kind, ...place(operation), ...was, was: changes };
    },
    calls: namedCall,
    subject: namedSubject,
  },
};
