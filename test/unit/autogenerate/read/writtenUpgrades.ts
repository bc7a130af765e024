import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandContext } from "../../../../src/context/commandContext";
import type { Migration } from "../../../../src/project/migration";
import { normaliseConfig } from "../../../../src/project/normaliseConfig";
import { buildGraph, type RevisionGraph } from "../../../../src/revision/graph";

export type Upgrade = (migration: Migration) => Promise<void>;

export const sends =
  (statement: string): Upgrade =>
  async ({ op }) => {
    await op.execute(statement);
  };

/**
 * A chain of revisions `r0`, `r1`, … with these upgrades, and what reads them; an error stands for a file that can't be
 * loaded.
 */
export function writtenUpgrades(
  directory: string,
  upgrades: readonly (Upgrade | Error)[],
  given: Partial<Pick<CommandContext, "loadingMemory" | "xArguments">> & {
    readonly config?: Readonly<Record<string, unknown>>;
  } = {},
): { readonly context: CommandContext; readonly graph: RevisionGraph; readonly countLoads: () => number } {
  const { config = {}, loadingMemory, xArguments = new Map<string, string>() } = given;
  const pathOf = (at: number): string => join(directory, `r${String(at)}.ts`);
  upgrades.forEach((_, at) => writeFileSync(pathOf(at), ""));
  const graph = buildGraph(
    upgrades.map((_, at) => ({
      revision: `r${String(at)}`,
      downRevisions: at === 0 ? [] : [`r${String(at - 1)}`],
      branchLabels: [],
      dependsOn: [],
      message: "",
      doc: "",
      path: pathOf(at),
    })),
  );
  let loads = 0;
  const values = new Map<string, unknown>([["scriptLocation", "migrations"], ...Object.entries(config)]);
  const raw = { values, extraSections: new Map() } as unknown as Parameters<typeof normaliseConfig>[0];
  const context = {
    config: normaliseConfig(raw, join(directory, "alembic.config.json"), directory),
    loadingMemory,
    loadRevisionModule(path: string) {
      loads += 1;
      const upgrade = upgrades[Number(/\d+(?=\.ts$)/.exec(path)?.[0])];
      return upgrade instanceof Error ? Promise.reject(upgrade) : Promise.resolve({ upgrade });
    },
    loadDataSource: () => Promise.reject(new Error("Nothing asks for it.")),
    mapRevisionToSource: () => undefined,
    report: () => undefined,
    signal: new AbortController().signal,
    xArguments,
  } as unknown as CommandContext;
  return { context, graph, countLoads: () => loads };
}
