import { Option, type Command } from "commander";
import type { CurrentOptions, RevisionListResult } from "../context/commandTable";
import { current } from "../commands/current";
import { show } from "../commands/show";
import { history } from "../commands/history";
import { branches } from "../commands/branches";
import { heads } from "../commands/heads";
import { status } from "../commands/status";
import {
  currentLine,
  describeBranches,
  describeRevision,
  describeRevisionVerbose,
  headsLine,
  historyLine,
  type DescribeOptions,
} from "../revision/describe";
import type { RevisionGraph } from "../revision/graph";
import { historyRange } from "../revision/history";
import { renderHistoryGraph } from "../revision/graphHistory";
import type { Bind, CliSession } from "./cliSession";
import { revisionJson } from "../agentTools/revisionJson";
import { printJson } from "./json";
import { currentOfMany, statusOfMany } from "./severalStates";
import { currentJson, statusJson } from "./stateJson";
import { describeStatus } from "./statusText";
import { exitCodes } from "./terminal";

/** Of the commands that list revisions. */
export interface ListFlags {
  readonly verbose?: true;
  readonly json?: true;
}

interface HistoryFlags extends ListFlags {
  readonly revRange?: string;
  readonly indicateCurrent?: true;
  readonly graph?: true;
}

interface HeadsFlags extends ListFlags {
  readonly resolveDependencies?: true;
  readonly failOn?: "multiple";
}

/** `current`, `history`, `heads`, `branches`, `show`: the commands that only read. */
export function addReadingCommands(program: Command, bind: Bind): void {
  addCurrent(program, bind);
  addStatus(program, bind);
  addHistory(program, bind);
  addHeads(program, bind);
  addBranches(program, bind);
  addShow(program, bind);
}

function addCurrent(program: Command, bind: Bind): void {
  withListFlags(program.command("current").description("show the current revisions of the database"))
    .option("-c, --check-heads", "fail unless the database is at every head")
    .action(
      bind(async (session: CliSession, flags: ListFlags & { readonly checkHeads?: true }) => {
        const { verbose: _verbose, json, ...options } = flags;
        const many = await currentOfMany(session, options, json === true);
        return many ?? currentOfOne(session, options, flags);
      }),
    );
}

async function currentOfOne(session: CliSession, options: CurrentOptions, flags: ListFlags): Promise<number> {
  const result = await session.run(current, options);
  if (flags.json === true) {
    printJson(session, currentJson(result));
    return exitCodes.ok;
  }
  if (flags.verbose === true) {
    session.print(`Current revision(s) for ${result.database.name}:\n`);
  }
  const revisions = result.revisions.map((entry) => entry.revision);
  await printRevisions(session, { revisions, currentRows: undefined }, flags, currentLine);
  return exitCodes.ok;
}

function addStatus(program: Command, bind: Bind): void {
  program
    .command("status")
    .description("show which revisions are applied to the database and which are pending")
    .option("--json", "print the result as JSON")
    .action(
      bind(async (session: CliSession, flags: ListFlags) => {
        const many = await statusOfMany(session, flags.json === true);
        if (many !== undefined) {
          return many;
        }
        const result = await session.run(status, {});
        if (flags.json === true) {
          printJson(session, statusJson(result));
        } else {
          const oldestFirst = [...historyRange(await graphOf(session), undefined, [])].reverse();
          session.print(describeStatus(oldestFirst, result));
        }
        return exitCodes.ok;
      }),
    );
}

function addHistory(program: Command, bind: Bind): void {
  withListFlags(program.command("history").description("list revisions, newest first"))
    .option("-r, --rev-range <range>", 'from:to, inclusive; either end is optional; "current" is allowed')
    .option("-i, --indicate-current", "query the database and mark its current revisions")
    .option("--graph", "draw branches and merges beside the revisions")
    .action(
      bind(async (session: CliSession, flags: HistoryFlags) => {
        const result = await session.run(history, {
          ...(flags.revRange === undefined ? {} : { range: flags.revRange }),
          ...(flags.indicateCurrent === undefined ? {} : { indicateCurrent: true }),
        });
        if (flags.graph === true && flags.json !== true) {
          session.print(drawHistory(await graphOf(session), result));
          return;
        }
        await printRevisions(session, result, flags, historyLine);
      }),
    );
}

function addHeads(program: Command, bind: Bind): void {
  withListFlags(program.command("heads").description("list the heads: revisions that no other follows"))
    .option("--resolve-dependencies", "leave out heads that another revision depends on")
    .addOption(
      new Option("--fail-on <what>", "multiple: fail if there are several heads").choices(["multiple"]),
    )
    .action(
      bind(async (session: CliSession, flags: HeadsFlags) => {
        const { verbose: _verbose, json: _json, failOn, ...options } = flags;
        const result = await session.run(heads, options);
        await printRevisions(session, result, flags, headsLine);
        return failOn && result.revisions.length > 1 ? exitCodes.failed : exitCodes.ok;
      }),
    );
}

function addBranches(program: Command, bind: Bind): void {
  withListFlags(program.command("branches").description("list the branch points")).action(bind(listBranches));
}

/** What `branches` does without further options. */
export async function listBranches(session: CliSession, flags: ListFlags): Promise<void> {
  const result = await session.run(branches, {});
  if (flags.json === true) {
    await printRevisions(session, result, flags, {});
    return;
  }
  const graph = await graphOf(session);
  for (const revision of result.revisions) {
    session.print(`${describeBranches(graph, revision, flags.verbose === true)}\n`);
  }
}

function addShow(program: Command, bind: Bind): void {
  program
    .command("show")
    .description("show a revision in full")
    .argument("<revision>", "an ID, the start of one, head, heads, current, …")
    .option("--json", "print the result as JSON")
    .action(
      bind(async (session: CliSession, revision: string, flags: ListFlags) => {
        await printRevisions(session, await session.run(show, { revision }), { ...flags, verbose: true }, {});
      }),
    );
}

function withListFlags(command: Command): Command {
  return command
    .option("-v, --verbose", "show each revision in full")
    .option("--json", "print the result as JSON");
}

async function graphOf(session: CliSession): Promise<RevisionGraph> {
  return (await (await session.context()).readScripts()).graph;
}

async function printRevisions(
  session: CliSession,
  result: RevisionListResult,
  flags: ListFlags,
  options: DescribeOptions,
): Promise<void> {
  if (flags.json === true) {
    printJson(
      session,
      result.revisions.map((revision) => revisionJson(revision, result.currentRows)),
    );
    return;
  }
  const graph = await graphOf(session);
  const full = withCurrent(options, result);
  const describe = flags.verbose === true ? describeRevisionVerbose : describeRevision;
  let text = "";
  for (const revision of result.revisions) {
    text += `${describe(graph, revision, full)}\n`;
  }
  if (text !== "") {
    session.print(text);
  }
}

function drawHistory(graph: RevisionGraph, result: RevisionListResult): string {
  return renderHistoryGraph(graph, result.revisions, withCurrent({ withMessage: true }, result))
    .map((line) => `${line}\n`)
    .join("");
}

function withCurrent(options: DescribeOptions, result: RevisionListResult): DescribeOptions {
  return result.currentRows === undefined
    ? options
    : { ...options, currentRevisions: new Set(result.currentRows) };
}
