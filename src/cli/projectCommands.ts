import type { Command } from "commander";
import { writeAgentFiles, type AgentFile } from "../commands/agentFiles";
import { initProject, listTemplates } from "../commands/initProject";
import type { NewRevisionResult } from "../context/commandTable";
import { merge, revision } from "../commands/newRevision";
import { show } from "../commands/show";
import { autogenerateOptions, withAutogenerateFlags, type AutogenerateFlags } from "./autogenerateOptions";
import { openInEditor } from "../commands/openInEditor";
import { printBranchCheck } from "./branchCheck";
import type { Bind, CliSession } from "./cliSession";
import { newRevisionJson, printJson } from "./json";
import type { EditOutput, InitOutput, TemplatesOutput } from "../outputs/fileOutput";
import { exitCodes } from "./terminal";

interface RevisionFlags extends AutogenerateFlags {
  readonly message?: string;
  readonly autogenerate?: true;
  readonly sql?: true;
  readonly dryRun?: true;
  readonly head?: string;
  readonly splice?: true;
  readonly branchLabel?: readonly string[];
  readonly versionPath?: string;
  readonly revId?: string;
  readonly dependsOn?: readonly string[];
  readonly json?: true;
}

interface InitFlags {
  readonly template: string;
  readonly agents?: true;
  readonly json?: true;
}

interface MergeFlags {
  readonly check?: true;
  readonly auto?: true;
  readonly json?: true;
  readonly message?: string;
  readonly branchLabel?: readonly string[];
  readonly revId?: string;
  readonly splice?: true;
}

/** `init`, `list_templates`, `revision`, `merge`, `edit`: the commands that make or open files. */
export function addProjectCommands(program: Command, bind: Bind): void {
  addInit(program, bind);
  addListTemplates(program, bind);
  addRevision(program, bind);
  addMerge(program, bind);
  addEdit(program, bind);
}

function addInit(program: Command, bind: Bind): void {
  const command = program.command("init");
  command
    .description("set up a project: a configuration and a folder for revisions")
    .argument("[directory]", "the folder for the migrations; --agents needs none")
    .option("-t, --template <name>", "the template; list_templates lists them", "generic")
    .option("--agents", "write or update the skill and the section of AGENTS.md for coding agents")
    .option("--json", "print the result as JSON")
    .action(
      bind(async (session: CliSession, directory: string | undefined, flags: InitFlags) => {
        const { workingDirectory } = session.terminal;
        if (directory === undefined && flags.agents !== true) {
          command.error("error: missing required argument 'directory', as in `alembic-ts init migrations`", {
            code: "commander.missingArgument",
          });
        }
        const files =
          directory === undefined
            ? []
            : await initProject({ workingDirectory, directory, template: flags.template });
        const agentFiles = flags.agents === true ? await writeAgentFiles(workingDirectory) : [];
        if (flags.json === true) {
          const own = files.map(
            ({ path, isNew }) => ({ path, change: isNew ? "created" : "unchanged" }) as const,
          );
          printJson(session, { files: [...own, ...agentFiles] } satisfies InitOutput);
          return;
        }
        for (const file of files) {
          session.print(
            file.isNew
              ? `Generating ${file.path} ...  done\n`
              : `File ${file.path} already exists, skipping\n`,
          );
        }
        for (const { path, change } of agentFiles) {
          session.print(agentFileTexts[change](path));
        }
      }),
    );
}

const agentFileTexts: Readonly<Record<AgentFile["change"], (path: string) => string>> = {
  created: (path) => `Generating ${path} ...  done\n`,
  updated: (path) => `Updating ${path} ...  done\n`,
  unchanged: (path) => `File ${path} is up to date, skipping\n`,
  foreign: (path) => `File ${path} has no section of alembic-ts, skipping\n`,
};

function addListTemplates(program: Command, bind: Bind): void {
  program
    .command("list_templates")
    .alias("list-templates")
    .description("list the templates of init")
    .option("--json", "print the result as JSON")
    .action(
      bind((session: CliSession, flags: { readonly json?: true }) => {
        if (flags.json === true) {
          const templates = listTemplates().map(({ name, description }) => ({ name, description }));
          printJson(session, templates satisfies TemplatesOutput);
          return Promise.resolve();
        }
        session.print("Available templates:\n\n");
        for (const template of listTemplates()) {
          session.print(`${template.name} - ${template.description}\n`);
        }
        session.print(
          "\nTemplates are used via the 'init' command, e.g.:\n\n  alembic-ts init --template generic ./migrations\n",
        );
        return Promise.resolve();
      }),
    );
}

function addRevision(program: Command, bind: Bind): void {
  withAutogenerateFlags(program.command("revision"))
    .description("create a new revision file")
    .option("-m, --message <text>", "what the revision does")
    .option("--autogenerate", "fill it with the differences between the entities and the database")
    .option("--sql", "print the file instead of writing it")
    .option("--dry-run", "print the file instead of writing it")
    .option("--head <revision>", "the revision to follow (default: head)")
    .option("--splice", "allow a parent that is not a head")
    .option("--branch-label <label>", "a label for the branch that starts here; may be repeated", collect)
    .option("--version-path <folder>", "one of the configured version locations")
    .option("--rev-id <id>", "the ID of the new revision (default: random)")
    .option("--depends-on <revision>", "a revision that must be applied first; may be repeated", collect)
    .option("--json", "print the result as JSON")
    .action(
      bind(async (session: CliSession, flags: RevisionFlags) => {
        printNewRevision(
          session,
          await session.run(
            revision,
            {
              message: flags.message ?? "",
              ...(flags.revId === undefined ? {} : { revisionId: flags.revId }),
              ...(flags.head === undefined ? {} : { head: flags.head }),
              ...(flags.splice === undefined ? {} : { splice: true }),
              ...(flags.branchLabel === undefined ? {} : { branchLabels: flags.branchLabel }),
              ...(flags.dependsOn === undefined ? {} : { dependsOn: flags.dependsOn }),
              ...(flags.versionPath === undefined ? {} : { versionPath: flags.versionPath }),
              ...(flags.autogenerate === undefined ? {} : { autogenerate: true }),
              ...autogenerateOptions(flags),
              ...(flags.sql === true || flags.dryRun === true ? { dryRun: true } : {}),
            },
            flags.autogenerate,
          ),
          flags.json === true,
        );
      }),
    );
}

function addMerge(program: Command, bind: Bind): void {
  const command = program.command("merge");
  command
    .description("create a revision that merges several heads")
    .argument("[revisions...]", "the heads to merge, or `heads` for all; --check and --auto need none")
    .option("-m, --message <text>", "what the revision does")
    .option("--branch-label <label>", "a label for the merged branch; may be repeated", collect)
    .option("--rev-id <id>", "the ID of the new revision (default: random)")
    .option("--splice", "allow parents that are not heads")
    .option("--check", "only check whether the branches give the same schema in either order")
    .option("--auto", "merge only if the branches give the same schema in either order")
    .option("--json", "print the result as JSON")
    .action(
      bind(async (session: CliSession, named: readonly string[], flags: MergeFlags) => {
        if (named.length === 0 && flags.check !== true && flags.auto !== true) {
          command.error("error: missing required argument 'revisions'", {
            code: "commander.missingArgument",
          });
        }
        const revisions = named.length === 0 ? ["heads"] : named;
        if (flags.check === true) {
          return printBranchCheck(session, revisions, flags.json === true);
        }
        const result = await session.run(merge, {
          revisions,
          ...(flags.message === undefined ? {} : { message: flags.message }),
          ...(flags.revId === undefined ? {} : { revisionId: flags.revId }),
          ...(flags.branchLabel === undefined ? {} : { branchLabels: flags.branchLabel }),
          ...(flags.splice === undefined ? {} : { splice: true }),
          ...(flags.auto === undefined ? {} : { auto: true }),
        });
        if (flags.auto === true && !result.isWritten && flags.json !== true) {
          session.print(`${result.revision} is the only head: nothing is to be merged.\n`);
        } else {
          printNewRevision(session, result, flags.json === true);
        }
        return exitCodes.ok;
      }),
    );
}

function addEdit(program: Command, bind: Bind): void {
  program
    .command("edit")
    .description("open a revision in $EDITOR")
    .argument("<revision>", "an ID, the start of one, head, current, …")
    .option("--json", "print the result as JSON")
    .action(
      bind(async (session: CliSession, name: string, flags: { readonly json?: true }) => {
        const { revisions } = await session.run(show, { revision: name });
        const paths = revisions.map((entry) => entry.path);
        openInEditor(name, paths, session.terminal.variables);
        if (flags.json === true) {
          printJson(session, { paths } satisfies EditOutput);
        }
      }),
    );
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

function printNewRevision(session: CliSession, result: NewRevisionResult, isJson: boolean): void {
  if (isJson) {
    printJson(session, newRevisionJson(result));
  } else if (result.isWritten) {
    session.print(`Generating ${result.path} ...  done\n`);
  } else {
    session.output(result.text);
  }
}
