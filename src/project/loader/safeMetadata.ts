import type { Expression, Node, SourceFile, TransformerFactory } from "typescript";
import type { TypeScriptCompiler } from "./compiler";

/**
 * Has the types of decorated members be `Object` where they cannot be read yet, as of entities that refer to each other:
 * what runs such an application without `tsc` adds no types at all. It comes after TypeScript's own transformers, which
 * write the types.
 */
export function safeMetadata(typescript: TypeScriptCompiler): TransformerFactory<SourceFile> {
  return (context) => {
    const { factory } = context;
    const read = (type: Expression): Expression => {
      if (typescript.isArrayLiteralExpression(type)) {
        return factory.updateArrayLiteralExpression(type, type.elements.map(read));
      }
      const returned = (value: Expression): ReturnType<typeof factory.createBlock> =>
        factory.createBlock([factory.createReturnStatement(value)]);
      const failed = factory.createCatchClause(undefined, returned(factory.createIdentifier("Object")));
      const body = factory.createBlock([factory.createTryStatement(returned(type), failed, undefined)]);
      const reading = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, body);
      return factory.createCallExpression(factory.createParenthesizedExpression(reading), undefined, []);
    };
    const visit = (node: Node): Node => {
      if (
        typescript.isCallExpression(node) &&
        typescript.isIdentifier(node.expression) &&
        node.expression.text === "__metadata"
      ) {
        const [key, type] = node.arguments;
        return key === undefined || type === undefined
          ? node
          : factory.updateCallExpression(node, node.expression, undefined, [key, read(type)]);
      }
      return typescript.visitEachChild(node, visit, context);
    };
    return (file) => typescript.visitEachChild(file, visit, context);
  };
}
