import { existsSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";

/** True when running as TypeScript source, as the tests do, not as the built bundle. */
const isSource = basename(__dirname) === "loader";

/** The folder of this program's own code: `dist/`, or `src/` when run from source. */
const ownDirectory = isSource ? dirname(dirname(__dirname)) : __dirname;

/** Whether a file is a part of this program and none of the user's. */
export function isOwnFile(path: string): boolean {
  return path.startsWith(ownDirectory + sep);
}

/** The file that `import … from "alembic-ts"` means, wherever it is written. */
export function ownIndex(): string {
  const built = join(ownDirectory, "index.js");
  return existsSync(built) ? built : join(ownDirectory, "index.ts");
}

/** The file of the ES module hooks: for a thread of their own, where source is compiled by nobody yet, or for this one. */
export function ownHooks(thread: "own" | "this"): string {
  const source = thread === "own" ? "sourceHooks.mjs" : "loaderHooks.ts";
  return join(__dirname, isSource ? source : "loaderHooks.js");
}

/** The skill for coding agents that comes with this program. */
export function ownSkill(): string {
  return join(dirname(ownDirectory), "skills", "alembic-ts", "SKILL.md");
}

/** The name under which projects import this package. */
export const ownPackageName = "alembic-ts";
