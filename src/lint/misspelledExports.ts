import type { Identifier, Statement } from "@babel/types";
import { editDistance } from "../revision/editDistance";
import { rangeOf } from "../source/constantValues";
import type { TextRange } from "../source/header";
import type { WrittenRevision } from "../sql/callSql";

/** An export whose name is nearly one that a revision has. */
export interface MisspelledExport {
  readonly name: string;
  readonly meant: string;
  readonly range: TextRange;
}

/** What is read of a revision file. */
const exportNames: readonly string[] = [
  "revision",
  "down_revision",
  "branch_labels",
  "depends_on",
  "transaction",
  "upgrade",
  "downgrade",
];

/** Exports that are left alone, because nothing reads them, and that one letter or another spelling makes readable. */
export function misspelledExports({ program }: WrittenRevision): readonly MisspelledExport[] {
  const exported = program.body.flatMap(exportedNames);
  const present = new Set(exported.map(({ name }) => name));
  return exported.flatMap((identifier) => {
    const { name } = identifier;
    const meant = exportNames.find((known) => !present.has(known) && isNear(name, known));
    return meant === undefined || exportNames.includes(name)
      ? []
      : [{ name, meant, range: rangeOf(identifier) }];
  });
}

/** `dependsOn`, `depends_on_`, `downgrad` */
function isNear(name: string, known: string): boolean {
  return editDistance(plain(name), plain(known)) <= 1;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

function exportedNames(node: Statement): readonly Identifier[] {
  if (node.type !== "ExportNamedDeclaration" || node.exportKind === "type") {
    return [];
  }
  const { declaration } = node;
  if (declaration?.type === "FunctionDeclaration") {
    return declaration.id ? [declaration.id] : [];
  }
  return declaration?.type === "VariableDeclaration"
    ? declaration.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id] : []))
    : [];
}
