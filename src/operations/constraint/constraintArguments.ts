import type { PrintedOptions } from "../printing/printedCall";
import type {
  CheckDefinition,
  ExcludeDefinition,
  ForeignKeyDefinition,
  PrimaryKeyDefinition,
  UniqueDefinition,
} from "./constraintDefinition";

/** The elements of an exclude constraint as `op` takes them. */
export function excludeArguments({ elements }: ExcludeDefinition): readonly unknown[] {
  return elements.map((element) => {
    const subject = element.kind === "column" ? element.name : element.expression;
    return element.opclass === undefined
      ? [subject, element.operator]
      : {
          [element.kind]: subject,
          operator: element.operator,
          opclass: element.opclass,
        };
  });
}

/** The options of a constraint's own operation, beside its name and what its arguments say. */
export function constraintOptions(
  constraint:
    PrimaryKeyDefinition | UniqueDefinition | CheckDefinition | ForeignKeyDefinition | ExcludeDefinition,
): PrintedOptions {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique": {
      const { kind: _kind, name: _name, columns: _columns, ...options } = constraint;
      return options;
    }
    case "check": {
      const { kind: _kind, name: _name, condition: _condition, ...options } = constraint;
      return options;
    }
    case "foreignKey": {
      const { kind: _kind, name: _name, columns: _columns, references, ...options } = constraint;
      return { ...options, referentSchema: references.schema };
    }
    case "exclude": {
      const { kind: _kind, name: _name, elements: _elements, ...options } = constraint;
      return options;
    }
  }
}
