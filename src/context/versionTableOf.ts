import type { VersionTable } from "../database/versionTable";
import type { ProjectConfig } from "../project/projectConfig";

/** The version table that a project's configuration names. */
export function versionTableOf(config: ProjectConfig): VersionTable {
  return {
    name: config.versionTable,
    schema: config.versionTableSchema,
    hasPrimaryKey: config.versionTablePk,
  };
}
