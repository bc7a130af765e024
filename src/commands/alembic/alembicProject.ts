import { isAbsolute, relative, sep } from "node:path";
import type { CommandContext } from "../../context/commandContext";
import type { DatabaseDescription, StepSummary } from "../../context/events";
import { knownSecrets } from "../../machine/knownSecrets";
import { runProgram, type ProgramEnd } from "../../machine/runProgram";
import { findAlembic, type FoundAlembic } from "../../project/python/findAlembic";
import { pythonMachine, pythonVariables } from "../../project/python/pythonMachine";
import { redactSecrets } from "../../project/redact";
import type { RevisionGraph } from "../../revision/graph";
import { impliedRevisions } from "../../revision/lineage";
import { AlembicError } from "./alembicError";
import { parseCurrent, parseFailure, parseStep } from "./alembicOutput";

/** A Python project whose Alembic was found. */
export interface AlembicProject {
  /** As far as it can be named: only `env.py` knows which it is. */
  readonly database: DatabaseDescription;
  /**
   * Runs a command of Alembic; its log goes to the context's, line by line.
   * @param planned the steps that are expected, whose progress is reported
   * @returns what it printed
   * @throws AlembicError `alembic-failed`
   */
  readonly run: (args: readonly string[], planned?: readonly StepSummary[]) => Promise<string>;
  /** The rows of the version table, sorted, as `alembic current` implies them. */
  readonly readRows: (graph: RevisionGraph) => Promise<readonly string[]>;
}

/**
 * Finds the Alembic of a Python project. Nothing of the project's runs yet.
 * @throws AlembicError `alembic-missing`
 */
export async function openAlembic(context: CommandContext): Promise<AlembicProject> {
  const { config, alembic, signal } = context;
  if (alembic === undefined) {
    throw new AlembicError("alembic-missing", "Python's Alembic is only run from the editor.");
  }
  if (alembic.isDatabaseNamed) {
    throw new AlembicError(
      "alembic-refused",
      "The database of a Python project is chosen by its env.py, so no other one can be selected for it.",
      {
        hint: "Select “Use configuration” with “Alembic: Select Environment”, and choose the database with alembic.python.name or alembic.python.xArguments.",
      },
    );
  }
  const variables = pythonVariables(alembic.variables);
  const found = await findAlembic(config.directory, alembic, pythonMachine(variables, signal));
  if (found.kind === "missing") {
    throw missingAlembic(found, config.directory, alembic.interpreter);
  }
  const options = [
    ...["-c", config.configPath],
    ...(alembic.name === undefined ? [] : ["-n", alembic.name]),
    ...alembic.xArguments.flatMap((argument) => ["-x", argument]),
  ];
  const database: DatabaseDescription = {
    kind: "server",
    name:
      alembic.name === undefined ? "the database of env.py" : `the database of env.py for [${alembic.name}]`,
    source: "env.py",
  };
  context.report({ kind: "database", database });
  const run = async (args: readonly string[], planned: readonly StepSummary[] = []): Promise<string> => {
    const program = {
      path: found.path,
      args: [...found.args, ...options, ...args],
      folder: config.directory,
      variables,
    };
    const progress = stepProgress(context, planned);
    const isListing = args[0] === "current" || args.includes("--sql");
    progress.begin();
    const end = await runProgram(program, {
      signal,
      onKill: () => context.report({ kind: "log", level: "warning", message: endedBeforeItStopped }),
      onLine: (line, stream) => {
        if (stream === "stderr" || !isListing) {
          progress.take(line);
          context.report({ kind: "log", level: "info", message: redactSecrets(line, knownSecrets()) });
        }
      },
    });
    if (end.status !== 0) {
      signal.throwIfAborted();
      throw failureOf(end, config.directory);
    }
    progress.finish();
    return end.stdout;
  };
  return { database, run, readRows: (graph) => readRows(run, graph) };
}

const endedBeforeItStopped =
  "Alembic did not stop within 2 seconds, so its process was ended. The database server may still be running the last statement.";

async function readRows(run: AlembicProject["run"], graph: RevisionGraph): Promise<readonly string[]> {
  try {
    const listed = parseCurrent(await run(["current"]));
    // It lists what a row depends on as well, which has no row of its own.
    return listed.filter(
      (id) => !listed.some((other) => other !== id && impliedRevisions(graph, [other]).has(id)),
    );
  } catch (error) {
    if (error instanceof AlembicError && error.row !== undefined) {
      return [error.row];
    }
    throw error;
  }
}

function missingAlembic(
  { looked }: Extract<FoundAlembic, { kind: "missing" }>,
  directory: string,
  interpreter: string | undefined,
): AlembicError {
  const where = looked.length === 0 ? "" : ` (${looked.join(", ")})`;
  return interpreter === undefined
    ? new AlembicError(
        "alembic-missing",
        looked.length === 0
          ? `Neither Python nor Alembic was found for ${directory}.`
          : `Python has no Alembic for ${directory}${where}.`,
        {
          hint: "Install Alembic in a virtual environment .venv of the project, or name its interpreter in the setting alembic.python.interpreter.",
        },
      )
    : new AlembicError(
        "alembic-missing",
        `The setting alembic.python.interpreter names no Alembic${where}.`,
        {
          hint: "Install Alembic there, or name a virtual environment that has it.",
        },
      );
}

function failureOf({ stdout, stderr, status }: ProgramEnd, directory: string): AlembicError {
  const isOwn = (path: string): boolean => {
    const way = relative(directory, path);
    return (
      isAbsolute(path) &&
      !isAbsolute(way) &&
      !way.split(sep).some((part) => part === ".." || part === "site-packages")
    );
  };
  const { message, location, sql, row } = parseFailure(`${stdout}\n${stderr}`, isOwn);
  const text = message === "" ? `It ended with exit status ${String(status)}.` : message;
  return new AlembicError("alembic-failed", `Alembic failed: ${text}`, {
    hint: "The log has all that Alembic printed.",
    location,
    sql,
    row,
  });
}

/** Reports the steps that Alembic's log announces. */
function stepProgress(
  { report }: CommandContext,
  planned: readonly StepSummary[],
): { begin(): void; take(line: string): void; finish(): void } {
  let running: { readonly step: StepSummary; readonly index: number; readonly since: number } | undefined;
  const finish = (): void => {
    if (running !== undefined) {
      const { step, index, since } = running;
      const milliseconds = performance.now() - since;
      report({ kind: "stepFinished", step, index, total: planned.length, milliseconds });
      running = undefined;
    }
  };
  const start = (step: StepSummary, index: number): void => {
    finish();
    running = { step, index, since: performance.now() };
    report({ kind: "stepStarted", step, index, total: planned.length });
  };
  return {
    finish,
    begin: () => {
      // Where env.py sets up no log, nothing is announced, and the database is changed all the same.
      const [first] = planned;
      if (first !== undefined) {
        start(first, 0);
      }
    },
    take: (line) => {
      const announced = parseStep(line);
      const index = planned.findIndex(
        ({ kind, revision }) => kind === announced?.kind && revision === announced.revision,
      );
      const step = planned[index];
      if (step !== undefined && index !== running?.index) {
        start(step, index);
      }
    },
  };
}
