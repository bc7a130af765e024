import type { Node, Program } from "@babel/types";
import type { Dialect } from "../sqlText/dialect";
import { walk } from "./calls/bindings";
import { constantsOf, evaluate, propertyName, withoutTypes } from "./constantValues";

/** What the DataSources of a file connect to, by the `type` of their options; undefined where the text does not tell. */
export function dataSourceDialect(program: Program): Dialect | undefined {
  const scope = { constants: constantsOf(program) };
  const types = new Set<string>();
  walk(program, (_, node) => {
    if (
      node.type === "NewExpression" &&
      node.callee.type === "Identifier" &&
      node.callee.name === "DataSource"
    ) {
      const type = node.arguments[0] && typeOf(node.arguments[0]);
      const value = type && evaluate(type, scope);
      if (value?.kind === "text") {
        types.add(value.text.value);
      }
    }
    return true;
  });
  const dialects = new Set([...types].map((type) => (type.includes("sqlite") ? "sqlite" : "postgresql")));
  const [dialect] = dialects;
  return dialects.size === 1 ? dialect : undefined;

  function typeOf(options: Node): Node | undefined {
    const node = withoutTypes(options);
    if (node.type === "Identifier") {
      const constant = scope.constants.get(node.name);
      return constant && constant.type !== "Identifier" ? typeOf(constant) : undefined;
    }
    const properties = node.type === "ObjectExpression" ? node.properties : [];
    const [type] = properties.flatMap((property) =>
      property.type === "ObjectProperty" && propertyName(property) === "type" ? [property.value] : [],
    );
    return type;
  }
}
