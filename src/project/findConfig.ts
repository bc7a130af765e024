/**
 * Looks for a configuration in a folder and then in the folders above it. Gives an absolute path, or undefined if there
 * is none. An `alembic.ini` always counts, a `pyproject.toml` only with a `[tool.alembic]` table.
 */
export function findConfig(_directory: string): Promise<string | undefined> {
  return Promise.reject(new Error("findConfig is not written yet"));
}
