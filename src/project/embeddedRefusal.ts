import { join } from "node:path";
import type { DataSourceConnectionOptions } from "./applicationConnection";
import { isAlembicFile } from "./findConfig";
import { namedByVariables } from "./libpqParameters";
import type { ProjectConfig } from "./projectConfig";
import { hasPythonEnvironment } from "./pythonProject";
import type { Variables } from "./variables";

/** Why the embedded database may not be opened, and what names the one that is meant. */
export interface EmbeddedRefusal {
  readonly message: string;
  readonly hint: string;
}

/**
 * For a project in which nothing names a database. Where one was meant, the embedded one would be a guess, and is not to be
 * opened.
 * @returns undefined where it may be opened
 */
export function refusalOfEmbedded(
  config: ProjectConfig,
  variables: Variables,
  dataSource: DataSourceConnectionOptions | undefined,
): EmbeddedRefusal | undefined {
  return pythonRefusal(config, dataSource) ?? variablesRefusal(variables) ?? doubtRefusal(config, dataSource);
}

const embeddedHint = "`--url embedded:`, or `url` of the configuration, names the embedded PostgreSQL.";

/** There, `env.py` connects, and an empty database of ours would read as one with nothing applied. */
function pythonRefusal(
  config: ProjectConfig,
  dataSource: DataSourceConnectionOptions | undefined,
): EmbeddedRefusal | undefined {
  if (!hasPythonEnvironment(config)) {
    return undefined;
  }
  const environment = join(config.scriptLocation, "env.py");
  if (isAlembicFile(config.configPath)) {
    return {
      message: `No database is named: ${environment} chooses it, and only Python's Alembic runs that file.`,
      hint: "Use Python's `alembic` command, or name the database with --url or DATABASE_URL.",
    };
  }
  const { configPath, dataSource: file } = config;
  const lack =
    file === undefined ? "has neither `url` nor `dataSource`" : "has no `url`, and its DataSource names none";
  return (
    doubtRefusal(config, dataSource) ?? {
      message: `No database is named: ${configPath} ${lack}, and only Python's Alembic runs ${environment}.`,
      hint: `Set ${file === undefined ? "one of them" : "`url`"} there, or name the database with --url or DATABASE_URL.`,
    }
  );
}

function variablesRefusal(variables: Variables): EmbeddedRefusal | undefined {
  const empty = ["DATABASE_URL", "POSTGRES_HOST", "POSTGRES_DB"].find(
    (name) => variables[name]?.trim() === "",
  );
  if (empty !== undefined) {
    return {
      message: `No database is named: ${empty} is set and empty.`,
      hint: `Set ${empty}, or remove it. ${embeddedHint}`,
    };
  }
  const named = namedByVariables(variables);
  if (named !== undefined) {
    return {
      message: `No database is named, and ${named} is set.`,
      hint: `\`--url postgresql://\` takes the whole address from the PG… variables. ${embeddedHint}`,
    };
  }
  return /^(?:|0|false|no|off)$/i.test(variables["CI"] ?? "")
    ? undefined
    : {
        message: "No database is named, and CI is set.",
        hint: `Set DATABASE_URL, or name the database with --url. ${embeddedHint}`,
      };
}

function doubtRefusal(
  { configPath, isUrlBlank }: ProjectConfig,
  dataSource: DataSourceConnectionOptions | undefined,
): EmbeddedRefusal | undefined {
  const doubt = isUrlBlank ? `url of ${configPath} has no value` : dataSource?.doubt;
  return doubt === undefined
    ? undefined
    : {
        message: `No database is named: ${doubt}.`,
        hint: `Set the variable that it comes from, or name the database with --url. ${embeddedHint}`,
      };
}
