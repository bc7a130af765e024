import type { ImportDeclaration } from "@babel/types";
import { rangeOf } from "../source/constantValues";
import type { TextRange } from "../source/header";
import type { WrittenRevision } from "../sql/callSql";

/** An import of a module of the project whose path says that it is an entity. */
export interface EntityImport {
  /** The module, as the import names it. */
  readonly name: string;
  readonly range: TextRange;
}

/** `../src/entities/User`, `@/users/user.entity` */
const entityPath = /(?:^|[/.-])entit(?:y|ies)(?:$|[/.])/i;

/** A file, a name of the project's `paths`, or what begins at its root. */
const ownPath = /^(?:\.{1,2}\/|[@~]\/|src\/|#)/;

/** What a revision imports of the entities; types alone are left out, because nothing of them is there in a run. */
export function entitiesImported({ program }: WrittenRevision): readonly EntityImport[] {
  return program.body.flatMap((node) =>
    node.type === "ImportDeclaration" &&
    !isOfTypes(node) &&
    ownPath.test(node.source.value) &&
    entityPath.test(node.source.value)
      ? [{ name: node.source.value, range: rangeOf(node) }]
      : [],
  );
}

function isOfTypes({ importKind, specifiers }: ImportDeclaration): boolean {
  return (
    importKind === "type" ||
    (specifiers.length > 0 &&
      specifiers.every((each) => each.type === "ImportSpecifier" && each.importKind === "type"))
  );
}
