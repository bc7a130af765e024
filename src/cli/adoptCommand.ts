import { Argument, Option, type Command } from "commander";
import { adopt } from "../commands/adopt/adopt";
import { initProject } from "../commands/initProject";
import { findConfig } from "../project/findConfig";
import { findDataSourceFiles } from "../project/findTypeormFiles";
import type { AdoptedMigration, AdoptionStamp, AdoptResult } from "../context/adoptCommand";
import type { Bind, CliSession } from "./cliSession";
import { printJson } from "./json";
import type { AdoptOutput } from "../outputs/fileOutput";

interface AdoptFlags {
  readonly dryRun?: true;
  readonly stamp?: boolean;
  readonly head?: string;
  readonly versionPath?: string;
  readonly json?: true;
}

/** `adopt typeorm`: revisions of the migrations that a project has of TypeORM. */
export function addAdoptCommand(program: Command, bind: Bind): void {
  program
    .command("adopt")
    .description("turn TypeORM's migrations into revisions, and stamp a database where they have run")
    .addArgument(new Argument("<tool>", "the tool whose migrations to adopt").choices(["typeorm"]))
    .option("--dry-run", "print what would be written and stamped, and do neither")
    .addOption(new Option("--stamp", "write no files; only stamp the database"))
    .addOption(new Option("--no-stamp", "write the files and connect to no database"))
    .option("--head <revision>", "the revision to follow, if there are others already")
    .option("--version-path <folder>", "one of the configured version locations")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      "\nYour classes stay as they are: each revision runs its class over the connection of the run.\n" +
        "If there is no configuration, one is written first, as by `init`.\n" +
        "Adopting only reads TypeORM's migrations table; upgrade and downgrade keep it up to date.",
    )
    .action(
      bind(async (session: CliSession, _tool: string, flags: AdoptFlags) => {
        const made = flags.dryRun === true ? [] : await setUpWhereNeeded(session);
        if (flags.json !== true) {
          session.print(made.map((path) => `Generating ${path} ...  done\n`).join(""));
        }
        const result = await session.run(adopt, {
          ...(flags.dryRun === true ? { dryRun: true } : {}),
          ...(flags.stamp === true ? { stampOnly: true } : {}),
          ...(flags.stamp === false ? { noStamp: true } : {}),
          ...(flags.head === undefined ? {} : { head: flags.head }),
          ...(flags.versionPath === undefined ? {} : { versionPath: flags.versionPath }),
        });
        if (flags.json === true) {
          printJson(session, {
            ...result,
            ...(made.length === 0 ? {} : { configuration: made }),
          } satisfies AdoptOutput);
        } else {
          session.print(describeAdoption(result));
        }
      }),
    );
}

/**
 * Writes a configuration where the project has none and one file makes its DataSource. Where none does, or several do,
 * the missing configuration is told of as elsewhere.
 * @returns the files that were written
 */
async function setUpWhereNeeded(session: CliSession): Promise<readonly string[]> {
  const { workingDirectory, variables } = session.terminal;
  const isNamed = session.options.config !== undefined || (variables["ALEMBIC_CONFIG"] ?? "") !== "";
  if (isNamed || (await findConfig(workingDirectory)) !== undefined) {
    return [];
  }
  const [dataSource, another] = findDataSourceFiles(workingDirectory);
  if (dataSource === undefined || another !== undefined) {
    return [];
  }
  const files = await initProject({ workingDirectory, template: "generic", dataSource });
  return files.map(({ path }) => path);
}

function describeAdoption({ migrations, isWritten, database, stamp }: AdoptResult): string {
  const fresh = migrations.filter(({ isNew }) => isNew);
  const files = fresh.map((migration) => describeFile(migration, isWritten));
  const nothing = fresh.length === 0 ? ["Every migration already has a revision.\n"] : [];
  return [...nothing, ...files, describeStamp(stamp, migrations, database?.name ?? "")].join("");
}

function describeFile({ migration, path }: AdoptedMigration, isWritten: boolean): string {
  return isWritten ? `Generating ${path} ...  done\n` : `Would generate ${path} of ${migration}\n`;
}

function describeStamp(
  stamp: AdoptionStamp,
  migrations: readonly AdoptedMigration[],
  database: string,
): string {
  const ran = migrations.filter(({ hasRun }) => hasRun === true).length;
  const share = `${String(ran)} of ${String(migrations.length)} migrations have run on ${database}`;
  switch (stamp.kind) {
    case "stamped":
      return `${stamp.isDone ? "Stamped" : "Would stamp"} ${stamp.revisions.join(", ")}: ${share}\n`;
    case "up-to-date":
      return `Nothing to stamp: ${share}, and the version table agrees\n`;
    case "nothing-ran":
      return `Nothing to stamp: none of the migrations has run on ${database}\n`;
    case "not-asked":
      return (
        `Nothing was stamped: ${stamp.reason.replace(/\.$/, "")}.\n` +
        "To stamp a database where the migrations have run: alembic-ts adopt typeorm --stamp\n"
      );
  }
}
