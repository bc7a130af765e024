import { buildGraph } from "../../../src/revision/graph";
import type { RevisionGraph } from "../../../src/revision/graph";
import type { DatabaseState } from "../../../src/extension/database/databaseState";

/** A graph out of `child: parent parent` lines; a line without parents is a base. */
export function chain(...lines: readonly string[]): RevisionGraph {
  return buildGraph(
    lines.map((line) => {
      const [revision = "", parents = ""] = line.split(":");
      return {
        revision: revision.trim(),
        downRevisions: parents.split(" ").filter((parent) => parent !== ""),
        branchLabels: [],
        dependsOn: [],
        message: `do ${revision.trim()}`,
        doc: "",
        path: `/versions/${revision.trim()}.ts`,
      };
    }),
  );
}

/** The state of a database with these rows in its version table. */
export function databaseAt(...rows: readonly string[]): DatabaseState {
  return {
    kind: "known",
    database: { kind: "server", name: "shop_dev on localhost:5432", source: "url" },
    rows,
  };
}
