import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ProjectConfig } from "./projectConfig";

/** Whether the folder of migrations is one of Python's Alembic: it has the `env.py` that only Python runs. */
export function hasPythonEnvironment({ scriptLocation }: Pick<ProjectConfig, "scriptLocation">): boolean {
  return existsSync(join(scriptLocation, "env.py"));
}
