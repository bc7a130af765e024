import { BranchFootprints } from "../../../src/commute/branchFootprints";
import { BranchGround } from "../../../src/commute/branchGround";
import { judgePair } from "../../../src/commute/judgePair";
import type { PairVerdict } from "../../../src/context/commuteOutcome";
import { createContext } from "../../../src/context/createContext";
import { loadGrammar } from "../../../src/lint/grammar";
import { branchPairs, type BranchPair } from "../../../src/revision/branchPairs";
import { withSortedColumns } from "../../support/dumps";
import type { PostgresServer } from "../../support/postgresServer";
import { createProjectFolder, revisionText } from "../../support/projectFolder";
import { queryRows } from "../../support/queryRows";
import { withClient } from "../../support/withClient";
import type { BranchCase } from "./corpus";

/** A verdict of the check, found in both of its ways. */
export interface CaseVerdicts {
  readonly bothOrders: PairVerdict["kind"];
  /** Whether it is found without running both orders, too. */
  readonly isDecided: boolean;
  /** False where that gives another verdict. */
  readonly isShortcutRight: boolean;
}

/** Revisions that stand on what all cases share, two for each case. */
export interface CorpusRun {
  /** What the check says of a case. */
  verdicts(index: number): Promise<CaseVerdicts>;
  close(): Promise<void>;
}

const execute = (statements: readonly string[]): string =>
  statements.map((statement) => `  await op.execute(${JSON.stringify(statement)});`).join("\n");

export async function openCorpusRun(
  shared: readonly string[],
  cases: readonly Pick<BranchCase, "left" | "right">[],
): Promise<CorpusRun> {
  const revisions = [
    { id: "shared", down: null, sql: shared },
    ...cases.flatMap(({ left, right }, index) => [
      { id: `left${String(index)}`, down: "shared", sql: left },
      { id: `right${String(index)}`, down: "shared", sql: right },
    ]),
  ];
  const project = createProjectFolder({
    "package.json": "{}",
    "alembic.config.json": JSON.stringify({ scriptLocation: "migrations" }),
    ...Object.fromEntries(
      revisions.map(({ id, down, sql }) => [
        `migrations/versions/${id}.ts`,
        revisionText({ id, down, upgrade: execute(sql) }),
      ]),
    ),
  });
  const context = await createContext({
    workingDirectory: project.path,
    configPath: undefined,
    section: undefined,
    url: undefined,
    environment: undefined,
    xArguments: new Map(),
    variables: {},
    report: () => undefined,
    signal: new AbortController().signal,
  });
  const { graph } = await context.readScripts();
  const ground = new BranchGround(context, graph);
  const footprints = new BranchFootprints(context, ground, await loadGrammar());
  const pairOf = (index: number): BranchPair => {
    const [pair] = branchPairs(graph, [`left${String(index)}`, `right${String(index)}`]);
    if (pair === undefined) {
      throw new Error(`There is no case ${String(index)}.`);
    }
    return pair;
  };
  return {
    async verdicts(index) {
      const pair = pairOf(index);
      const shortcut = (await footprints.judge(pair))?.verdict.kind;
      const { verdict } = await judgePair(pair, (order) => ground.attempt(pair.shared, order));
      return {
        bothOrders: verdict.kind,
        isDecided: shortcut !== undefined,
        isShortcutRight: shortcut === undefined || shortcut === verdict.kind,
      };
    },
    async close() {
      await ground.close();
      project.remove();
    },
  };
}

/**
 * What a server says: both orders are run, each on a database of its own, and dumped. The second branch is run in the session of the first
 * one, as when both are new to a database, and in one of its own, as when the first one was there before.
 */
export async function serverVerdict(
  server: PostgresServer,
  shared: readonly string[],
  { left, right }: Pick<BranchCase, "left" | "right">,
): Promise<BranchCase["verdict"]> {
  for (const sessions of ["one session", "two sessions"] as const) {
    const first = await dumpOf(server, shared, [left, right], sessions);
    const second = await dumpOf(server, shared, [right, left], sessions);
    if (first === undefined || second === undefined) {
      return "refused";
    }
    if (first !== second) {
      return "differs";
    }
  }
  return "commutes";
}

/** A dump, with privileges and settings; undefined where a statement is refused. */
async function dumpOf(
  server: PostgresServer,
  shared: readonly string[],
  branches: readonly (readonly string[])[],
  sessions: "one session" | "two sessions",
): Promise<string | undefined> {
  const url = await server.createDatabase();
  try {
    const parts = sessions === "one session" ? [branches] : branches.map((branch) => [branch]);
    for (const part of [[shared], ...parts]) {
      if (!(await isAccepted(url, part))) {
        return undefined;
      }
    }
    const privileges = await queryRows(
      url,
      `SELECT c.relname, a.privilege_type, a.grantee::text FROM pg_class c, aclexplode(c.relacl) a
       WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 2, 3`,
    );
    const settings = await queryRows(
      url,
      `SELECT s.setrole::text, s.setconfig FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
       WHERE d.datname = current_database() ORDER BY 1`,
    );
    return `${withSortedColumns(await server.dumpSchema(url))}${JSON.stringify([privileges, settings])}`;
  } finally {
    await server.dropDatabase(url);
  }
}

/** Runs branches in one session, each in a transaction of its own. */
function isAccepted(url: string, branches: readonly (readonly string[])[]): Promise<boolean> {
  return withClient(url, async (client) => {
    try {
      for (const statements of branches) {
        for (const statement of ["BEGIN", ...statements, "COMMIT"]) {
          await client.query(statement);
        }
      }
      return true;
    } catch {
      return false;
    }
  });
}
