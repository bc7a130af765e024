/** A file that `init` writes; `path` is relative to the folder that it runs in, with `/`. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

/** A set of files for a new project. */
export interface ProjectTemplate {
  readonly name: string;
  /** One line for `list_templates`. */
  readonly description: string;
  /** The files of a project. The versions folder is among them. */
  files(places: ProjectPlaces): readonly TemplateFile[];
}

/** Where a project has what its configuration names; relative paths with `/`. */
export interface ProjectPlaces {
  /** The folder of the migrations. */
  readonly directory: string;
  /** The file of its DataSource; undefined where there is none. */
  readonly dataSource: string | undefined;
  /** Files that make one too. */
  readonly otherDataSources: readonly string[];
}

const fileTemplate = "%(year)d%(month).2d%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s";

/** What `init -t` knows, in the order of `list_templates`. */
export const templates: readonly ProjectTemplate[] = [
  {
    name: "generic",
    description: "A TypeScript configuration for one database.",
    files: (places) => [file("alembic.config.ts", genericConfig(places)), ...migrationFiles(places)],
  },
  {
    name: "multi-environment",
    description: "A TypeScript configuration with development, staging and production databases.",
    files: (places) => [file("alembic.config.ts", environmentsConfig(places)), ...migrationFiles(places)],
  },
  {
    name: "json",
    description: "A configuration as plain JSON, which is read without running code.",
    files: (places) => [file("alembic.config.json", jsonConfig(places)), ...migrationFiles(places)],
  },
  {
    name: "ini",
    description: "An alembic.ini, as Python's Alembic reads it.",
    files: (places) => [file("alembic.ini", iniConfig(places)), ...migrationFiles(places)],
  },
  {
    name: "pyproject",
    description: "A pyproject.toml with a [tool.alembic] table, as Python's Alembic reads it.",
    files: (places) => [file("pyproject.toml", tomlConfig(places)), ...migrationFiles(places)],
  },
];

function file(path: string, text: string): TemplateFile {
  return { path, text };
}

function migrationFiles({ directory }: ProjectPlaces): readonly TemplateFile[] {
  return [file(`${directory}/README.md`, readme()), file(`${directory}/versions/.gitkeep`, "")];
}

function genericConfig({ directory, ...sources }: ProjectPlaces): string {
  return `import { defineConfig } from "alembic-ts";

export default defineConfig({
  // The folder of the migrations, relative to this file. Revisions are in its versions/ folder.
  scriptLocation: ${quoted(directory)},

  // The file that exports your TypeORM DataSource; \`revision --autogenerate\` and \`check\` read its entities.
${dataSourceLines(sources)}
  // Names of new files. Alembic's own default is "%(rev)s_%(slug)s".
  fileTemplate: ${quoted(fileTemplate)},

  // The time zone of dates in new files. Default: the time zone of this machine.
  // timezone: "UTC",

  // The database. If left out, DATABASE_URL is used, or POSTGRES_HOST, POSTGRES_PORT, POSTGRES_DB, POSTGRES_USER and
  // POSTGRES_PASSWORD, in the environment or in a .env beside this file. Without any of them, migrations run on an
  // embedded PostgreSQL in .alembic/. In CI you must name it explicitly, with url: "embedded:".
  // url: process.env.MY_DATABASE_URL,

  // Use one transaction for each revision instead of one for the whole run.
  // transactionPerMigration: true,

  // How long a statement waits for a lock before the run fails. Queries of the application wait too.
  // lockTimeout: "5s",
});
`;
}

function environmentsConfig({ directory, ...sources }: ProjectPlaces): string {
  return `import { defineConfig } from "alembic-ts";

export default defineConfig({
  // The folder of the migrations, relative to this file. Revisions are in its versions/ folder.
  scriptLocation: ${quoted(directory)},

  // The file that exports your TypeORM DataSource; \`revision --autogenerate\` and \`check\` read its entities.
${dataSourceLines(sources)}
  fileTemplate: ${quoted(fileTemplate)},

  // Select one with --environment, or in the editor's status bar. URLs come from environment variables, or from a .env
  // beside this file, so that no password is in this one.
  environments: {
    development: { urlVariable: "DATABASE_URL", color: "green" },
    staging: { urlVariable: "STAGING_DATABASE_URL", color: "yellow" },
    production: { urlVariable: "PRODUCTION_DATABASE_URL", color: "red", production: true },
  },

  lockTimeout: "5s",
});
`;
}

/** The entry of the DataSource: a comment that shows how, where none was found. */
function dataSourceLines({ dataSource, otherDataSources }: Omit<ProjectPlaces, "directory">): string {
  if (dataSource === undefined) {
    return '  // dataSource: "src/data-source.ts",\n';
  }
  const others = otherDataSources.slice(0, 5).map((path) => `  // Also found: ${quoted(path)}\n`);
  return `  dataSource: ${quoted(dataSource)},\n${others.join("")}`;
}

function jsonConfig({ directory, dataSource }: ProjectPlaces): string {
  const config = {
    scriptLocation: directory,
    ...(dataSource === undefined ? {} : { dataSource }),
    fileTemplate,
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

function iniConfig({ directory, dataSource }: ProjectPlaces): string {
  return `# Configuration of alembic-ts, with the keys of Python's Alembic.

[alembic]
# The folder of the migrations; %(here)s is the folder of this file.
script_location = %(here)s/${directory.replaceAll("%", "%%")}

# Names of new files. Write a percent sign twice.
file_template = ${fileTemplate.replaceAll("%", "%%")}

# The time zone of dates in new files. Default: the time zone of this machine.
# timezone = UTC

# How many characters of the message the file name keeps.
# truncate_slug_length = 40

# Folders of revisions, separated by path_separator.
# version_locations = %(here)s/${directory.replaceAll("%", "%%")}/versions
path_separator = os

# The file that exports your TypeORM DataSource.
${dataSource === undefined ? "# data_source = src/data-source.ts" : `data_source = ${dataSource.replaceAll("%", "%%")}`}

# The database. If left out, DATABASE_URL is used, or POSTGRES_HOST and related variables, also from a .env beside this file.
# sqlalchemy.url = postgresql://user@localhost/dbname

[post_write_hooks]
# Programs that run on each new file.
# hooks = eslint
# eslint.type = console_scripts
# eslint.entrypoint = eslint
# eslint.options = --fix REVISION_SCRIPT_FILENAME
`;
}

function tomlConfig({ directory, dataSource }: ProjectPlaces): string {
  return `[tool.alembic]
# The folder of the migrations; %(here)s is the folder of this file.
script_location = ${quoted(`%(here)s/${directory.replaceAll("%", "%%")}`)}

# Names of new files. Write a percent sign twice.
file_template = ${quoted(fileTemplate.replaceAll("%", "%%"))}

# The time zone of dates in new files. Default: the time zone of this machine.
# timezone = "UTC"

# The file that exports your TypeORM DataSource.
${dataSource === undefined ? '# data_source = "src/data-source.ts"' : `data_source = ${quoted(dataSource.replaceAll("%", "%%"))}`}

# Programs that run on each new file.
# [[tool.alembic.post_write_hooks]]
# name = "eslint"
# type = "console_scripts"
# entrypoint = "eslint"
# options = "--fix REVISION_SCRIPT_FILENAME"
`;
}

function readme(): string {
  return `# Migrations

Each file in \`versions/\` is one revision of the database, with \`upgrade\` and \`downgrade\`.

    alembic-ts revision -m "add users"                  # a new, empty revision
    alembic-ts revision --autogenerate -m "add users"   # from the entities
    alembic-ts upgrade head                             # bring the database up to date
    alembic-ts downgrade -1                             # one step back
    alembic-ts history                                  # all revisions
    alembic-ts current                                  # where the database is
`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
