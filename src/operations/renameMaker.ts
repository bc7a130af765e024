import type { NamedObject, RenameObject } from "./records/schema";
import { present } from "./sparse";

/** The maker of the renaming of such a thing. */
export function renameMaker(object: NamedObject) {
  return (name: string, newName: string, { schema }: { readonly schema?: string } = {}): RenameObject =>
    present<RenameObject>({ kind: "renameObject", object, schema, name, newName });
}
