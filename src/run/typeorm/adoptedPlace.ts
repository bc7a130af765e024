import type { Revision } from "../../revision/revision";
import { adoptedRevisions } from "./adoptedRevisions";
import type { CommandContext } from "../../context/commandContext";
import type { SourceLocation } from "../migrationError";
import { placeOfMethod } from "./classPlace";
import { loadTypeormProject } from "./typeormProject";

/**
 * Where the code of an adopted revision is: the method of its class. Undefined for any other revision, and where the class
 * is not found.
 */
export async function placeOfAdopted(
  context: CommandContext,
  revision: Pick<Revision, "revision" | "path">,
  direction: "upgrade" | "downgrade",
): Promise<SourceLocation | undefined> {
  const [adopted] = await adoptedRevisions({ revisions: [revision] });
  if (adopted === undefined) {
    return undefined;
  }
  const { migrations } = await loadTypeormProject(context);
  const migration = migrations.find(({ name }) => name === adopted[0]);
  return migration === undefined
    ? undefined
    : placeOfMethod(migration, direction === "upgrade" ? "up" : "down");
}
