import { filesOffMainBranch } from "../../machine/mainBranch";
import { realPathOf } from "../../machine/spelling";
import { branchSides, type BranchSides } from "../../revision/branchSides";
import { pathOf } from "./paths";
import type { Project } from "./project";

/**
 * Which heads of a project are new, and which the main branch of Git has; undefined where Git does not tell. Only for trusted
 * workspaces: Git may run what a repository's own settings name.
 */
export async function projectSides(project: Project): Promise<BranchSides | undefined> {
  const files = new Set<string>();
  const { graph } = project;
  const folders = new Set(
    graph.heads.flatMap((head) => {
      const path = pathOfHead(project, head);
      return path === undefined
        ? []
        : [path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")))];
    }),
  );
  for (const folder of folders) {
    const off = await filesOffMainBranch(folder, project.config?.mainBranch);
    if (off === undefined) {
      return undefined;
    }
    off.files.forEach((file) => files.add(file));
  }
  return branchSides(graph, (path) => files.has(realPathOf(pathOf(project.uriOf(path)))));
}

function pathOfHead(project: Project, head: string): string | undefined {
  const path = project.pathOfRevision(head);
  return path === undefined ? undefined : pathOf(project.uriOf(path));
}
