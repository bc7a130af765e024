import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandLineResult } from "../support/commandLine";
import { createProjectFolder, revisionText, type ProjectFolder } from "../support/projectFolder";
import { queryRows, versionRows } from "../support/queryRows";
import { sharedPostgres } from "../support/sharedPostgres";
import { deviations, exitCodeOfTraceback, translatedBodies, type Deviation } from "./scenarioDeviations";

interface RecordedRevision {
  readonly revision: string;
  readonly down_revision: string | readonly string[] | null;
  readonly branch_labels: readonly string[] | null;
  readonly depends_on: string | readonly string[] | null;
}

interface RecordedCommand {
  readonly argv: readonly string[];
  readonly exit_code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly version_table: readonly string[] | null;
  readonly tables: readonly string[];
  readonly new_files?: Readonly<Record<string, string>>;
}

/** SQL that the recording ran between two commands. */
interface HarnessStep {
  readonly harness: string;
}

interface Scenario {
  readonly scenario: string;
  readonly graph: readonly RecordedRevision[];
  readonly bodies: Readonly<Record<string, readonly [string, string]>> | null;
  readonly commands: readonly (RecordedCommand | HarnessStep)[];
}

/** What a command of ours left behind. */
interface Outcome {
  readonly result: CommandLineResult;
  readonly rows: readonly string[] | undefined;
  readonly tables: readonly string[];
  readonly newFiles: readonly string[];
}

const { scenarios } = JSON.parse(
  readFileSync(join(__dirname, "..", "oracle", "cli-scenarios.json"), "utf8"),
) as { readonly scenarios: readonly Scenario[] };

const readingCommands = new Set(["heads", "history", "branches", "current", "show"]);

function isCommand(step: RecordedCommand | HarnessStep): step is RecordedCommand {
  return "argv" in step;
}

function commandName(argv: readonly string[]): string {
  return argv.find((argument) => !argument.startsWith("-")) ?? "";
}

/** The deviation of a scenario's command, if it has one. */
function deviationOf(scenario: Scenario, recorded: RecordedCommand): Deviation | undefined {
  const command = recorded.argv.join(" ");
  const same = scenario.commands.filter(isCommand).filter((other) => other.argv.join(" ") === command);
  return deviations.find(
    (candidate) =>
      candidate.scenario === scenario.scenario &&
      candidate.command === command &&
      (candidate.occurrence === undefined || candidate.occurrence === same.indexOf(recorded) + 1),
  );
}

const version = "migrations/versions";

/** The scenario's project, as this program has it: the recorded graph and bodies in TypeScript. */
function createProject({ scenario, graph, bodies }: Scenario): ProjectFolder {
  const project = createProjectFolder({
    "alembic.config.ts": `import { defineConfig } from "alembic-ts";

export default defineConfig({
  scriptLocation: ${JSON.stringify(scenario === "script_location_missing" ? "gone" : "migrations")},
  transactionPerMigration: ${String(scenario === "failure_transaction_per_migration")},
  ${scenario === "check_and_autogenerate" ? `dataSource: "data-source.ts",` : ""}
});
`,
  });
  const seen = new Map<string, number>();
  for (const recorded of graph) {
    const { revision: id } = recorded;
    const copies = seen.get(id) ?? 0;
    seen.set(id, copies + 1);
    const [upgrade, downgrade] = (bodies?.[id] ?? ["pass", "pass"]).map(translateBody);
    project.write({
      [`${version}/${id}_m${copies === 0 ? "" : String(copies)}.ts`]: revisionText({
        id,
        down: recorded.down_revision,
        labels: recorded.branch_labels,
        dependsOn: recorded.depends_on,
        upgrade: upgrade ?? "",
        downgrade: downgrade ?? "",
      }),
    });
  }
  switch (scenario) {
    case "versions_dir_with_file_lacking_revision":
      project.write({ [`${version}/helper.ts`]: "export const answer = 42;\n" });
      break;
    case "syntax_error_in_revision":
      project.write({
        [`${version}/zz_bad.ts`]: `export const revision = "zz_bad";\nexport const down_revision = "548bbb905360";\nexport function upgrade(: {\n`,
      });
      break;
    case "check_and_autogenerate":
      project.write({ "data-source.ts": accountModel });
      project.linkModules();
      break;
    case "no_ini":
      project.removeFile("alembic.config.ts");
      break;
    default:
      break;
  }
  return project;
}

/** The recorded model, a table of SQLAlchemy, as a TypeORM entity. */
const accountModel = `import { DataSource, EntitySchema } from "typeorm";

const Account = new EntitySchema({
  name: "account",
  columns: {
    id: { type: "int", primary: true, generated: "increment" },
    name: { type: "varchar", length: 50 },
    email: { type: "varchar", length: 120, nullable: true },
  },
});

export const dataSource = new DataSource({ type: "postgres", entities: [Account] });
`;

function translateBody(python: string): string {
  const body = translatedBodies.get(python.trim());
  if (body === undefined) {
    throw new Error(`There is no translation of: ${python}`);
  }
  return body;
}

/** How a project's command is run. */
export type RunCommand = (
  project: ProjectFolder,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) => Promise<CommandLineResult>;

async function replay(scenario: Scenario, run: RunCommand): Promise<readonly Outcome[]> {
  const server = await sharedPostgres();
  const url = await server.createDatabase();
  const project = createProject(scenario);
  const outcomes: Outcome[] = [];
  try {
    for (const step of scenario.commands) {
      if (!isCommand(step)) {
        await queryRows(url, step.harness.replace(/^SQL: /, ""));
        continue;
      }
      const before = project.list(version);
      const result = await run(project, step.argv, { DATABASE_URL: url });
      const tables = (await queryRows(
        url,
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1",
      )) as readonly { readonly name: string }[];
      outcomes.push({
        result,
        rows: await versionRows(url),
        tables: tables.map(({ name }) => name),
        newFiles: project.list(version).filter((file) => !before.includes(file)),
      });
    }
    return outcomes;
  } finally {
    project.remove();
  }
}

/** `Running upgrade a -> b, message`, in the order of the log; a plain log has nothing else to say of a step. */
function stepsOf(stderr: string): readonly string[] {
  return [...stderr.matchAll(/^INFO {2}(?:\[alembic\.runtime\.migration\] )?(Running .*)$/gm)].map(
    (match) => match[1] ?? "",
  );
}

/**
 * Lines of a reading command without what differs for good reason: the extension and the project's path, the
 * database's name, and the orders that in Alembic are those of a Python set (labels, children of a branch point).
 */
function comparable(stdout: string): readonly string[] {
  return stdout
    .replaceAll("<DIR>", "<project>")
    .replaceAll(/_m\.(?:py|ts)$/gm, "_m.<extension>")
    .replaceAll(/(\w+_\w+)\.(?:py|ts)$/gm, "$1.<extension>")
    .replaceAll(/^Current revision\(s\) for .*$/gm, "Current revision(s) for <database>:")
    .replaceAll(/\(([^()\n]*, [^()\n]*)\)/g, (_, list: string) => `(${sorted(list)})`)
    .replaceAll(
      /^(Branches into|Branch names): (.*)$/gm,
      (_, title: string, list: string) => `${title}: ${sorted(list)}`,
    )
    .replaceAll(/Create Date: .*$/gm, "Create Date: <date>")
    .replaceAll(/[ \t]+$/gm, "")
    .split("\n");
}

function sorted(list: string): string {
  return list.split(", ").sort().join(", ");
}

/** `current` and `branches` print what a Python set holds, so their entries are compared in one order. */
function inOneOrder(argv: readonly string[], lines: readonly string[]): readonly string[] {
  return ["current", "branches"].includes(commandName(argv)) ? [...lines].sort() : lines;
}

/** Runs tasks two at a time, started in order. */
function startPool<Task, Result>(
  tasks: readonly Task[],
  run: (task: Task) => Promise<Result>,
): readonly Promise<Result>[] {
  const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
  return tasks.map((task, index) => {
    const lane = index % lanes.length;
    const result = (lanes[lane] ?? Promise.resolve()).then(() => run(task));
    lanes[lane] = result.catch(() => undefined);
    return result;
  });
}

/** Holds that what Alembic said and did in recorded sessions is what ours says and does. */
export function describeScenarios(where: string, run: RunCommand): void {
  describe(`recorded sessions of Alembic's command line, replayed ${where}`, function () {
    this.timeout(240_000);
    let outcomes: ReadonlyMap<string, Promise<readonly Outcome[]>>;

    before(() => {
      const started = startPool(scenarios, (scenario) => replay(scenario, run));
      for (const outcome of started) {
        outcome.catch(() => undefined);
      }
      outcomes = new Map(
        scenarios.map(({ scenario }, index) => [scenario, started[index] ?? Promise.resolve([])]),
      );
    });

    it("covers all that is recorded, and deviates only from what is there", () => {
      assert.equal(scenarios.length, 22);
      for (const { scenario, command } of deviations) {
        const found = scenarios
          .find((candidate) => candidate.scenario === scenario)
          ?.commands.some((step) => isCommand(step) && step.argv.join(" ") === command);
        assert.equal(found, true, `${scenario}: ${command}`);
      }
    });

    for (const scenario of scenarios) {
      describe(scenario.scenario, () => {
        scenario.commands.filter(isCommand).forEach((recorded, index) => {
          const deviation = deviationOf(scenario, recorded);
          const note = deviation === undefined ? "" : `  (${deviation.kind}: ${deviation.reason})`;
          it(`${recorded.argv.join(" ")}${note}`, async () => {
            const outcome = (await outcomes.get(scenario.scenario))?.[index];
            assert.ok(outcome !== undefined);
            compare(recorded, outcome, deviation);
            assert.deepEqual(outcome.rows, expectedRows(scenario, recorded, deviation));
          });
        });
      });
    }
  });
}

/** The version table after a command; undefined where there is none. */
function expectedRows(
  scenario: Scenario,
  recorded: RecordedCommand,
  deviation: Deviation | undefined,
): readonly string[] | undefined {
  const rows = deviation?.rows ?? recorded.version_table;
  const commands = scenario.commands.filter(isCommand);
  const isMadeOnlyThere = commands
    .slice(0, commands.indexOf(recorded) + 1)
    .some((earlier) => deviationOf(scenario, earlier)?.hasNoTable === true);
  return rows === null || (isMadeOnlyThere && rows.length === 0) ? undefined : [...rows].sort();
}

function compare(recorded: RecordedCommand, outcome: Outcome, deviation: Deviation | undefined): void {
  const { result } = outcome;
  const said = `exit ${String(result.exitCode)}\n${result.stdout}--\n${result.stderr}`;
  const isTraceback = recorded.exit_code === 1 && /^Traceback /m.test(recorded.stderr);
  const exitCode = deviation?.exitCode ?? (isTraceback ? exitCodeOfTraceback : recorded.exit_code);
  assert.equal(result.exitCode, exitCode, said);
  assert.doesNotMatch(result.stdout + result.stderr, /Internal error/);
  assert.deepEqual(outcome.tables, recorded.tables, said);
  if (!recorded.argv.includes("-q") && deviation?.steps !== "not compared") {
    assert.deepEqual(
      inStampOrder(recorded, stepsOf(result.stderr)),
      inStampOrder(recorded, stepsOf(recorded.stderr)),
    );
  }
  const files = Object.keys(recorded.new_files ?? {}).map((file) => file.replace(/\.py$/, ".ts"));
  assert.deepEqual(outcome.newFiles, deviation?.newFiles ?? files.sort(), said);
  if (deviation?.output !== undefined) {
    assert.match(result.stdout + result.stderr, deviation.output);
  } else if (exitCode === 0 && readingCommands.has(commandName(recorded.argv))) {
    assert.deepEqual(
      inOneOrder(recorded.argv, comparable(result.stdout)),
      inOneOrder(recorded.argv, comparable(recorded.stdout)),
    );
  } else if (exitCode !== 0 && recorded.exit_code === 255) {
    const message = recorded.stdout
      .replace(/^BEGIN;\s+/, "")
      .replaceAll("<DIR>", "<project>")
      .trim();
    assert.ok((result.stdout + result.stderr).includes(message), said);
  }
}

/** A stamp of several heads goes through them in the order of a Python set. */
function inStampOrder(recorded: RecordedCommand, steps: readonly string[]): readonly string[] {
  return recorded.argv.includes("stamp") ? [...steps].sort() : steps;
}
