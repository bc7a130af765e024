import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { AskDrop } from "../../../src/context/commandContext";
import { runCommand } from "../../../src/commands/commands";
import { createContext } from "../../../src/context/createContext";
import type { NewRevisionOptions } from "../../../src/context/commandTable";
import { createProjectFolder, type ProjectFolder } from "../../support/projectFolder";
import type { PostgresServer } from "../../support/postgresServer";
import { runSql } from "../support/checkSet";
import { entityFiles, fates, folders, projectAfter } from "./missingFiles";

/** What is answered to every question about a drop: nobody is there, always no, or yes for some names. */
type Answers = { readonly kind: "nobody" } | { readonly kind: "asked"; readonly yes: readonly string[] };

interface MissingCase {
  readonly fateOf: Readonly<Record<string, (typeof fates)[number]>>;
  readonly unmatched: readonly string[];
  readonly answers: Answers;
  readonly allowEmptyGlobs: boolean;
}

const tables = ["items", "tags", "orders", "customers", "media", "item_tags", "audit.logs", "categories"];
const names = [
  ...tables,
  "categories_closure",
  "items.shelf",
  "items.amount",
  "media.width",
  "media.reel",
  "media.quality",
];

const missingCase: fc.Arbitrary<MissingCase> = fc.record({
  fateOf: fc
    .dictionary(fc.constantFrom(...Object.keys(entityFiles)), fc.constantFrom(...fates), { maxKeys: 4 })
    .map((record) => ({ ...record })),
  unmatched: fc.subarray([...folders], { maxLength: 2 }),
  answers: fc.oneof(
    fc.constant({ kind: "nobody" } as const),
    fc.record({ kind: fc.constant("asked" as const), yes: fc.subarray(names) }),
  ),
  allowEmptyGlobs: fc.boolean(),
});

/** What became of the cases: a refusal, or a revision. */
export interface MissingOutcomes {
  readonly refused: ReadonlyMap<string, number>;
  readonly written: number;
  readonly dropping: number;
}

/**
 * Takes entity files away at random from a project whose tables a revision made, and holds that no revision drops
 * anything of which nobody said so.
 */
export async function checkMissingEntities(
  server: PostgresServer,
  runs: { readonly count: number; readonly seed: number },
): Promise<MissingOutcomes> {
  const url = await server.createDatabase();
  await runSql(url, "CREATE SCHEMA audit");
  const project = createProjectFolder({
    "package.json": '{ "name": "shop" }',
    "tsconfig.json": '{ "compilerOptions": { "strict": true } }',
    "alembic.config.json": '{ "scriptLocation": "migrations", "dataSource": "src/data-source.ts" }',
    "migrations/versions/.gitkeep": "",
  });
  project.linkModules();
  const refused = new Map<string, number>();
  let [written, dropping] = [0, 0];
  try {
    project.write(projectAfter({}, []));
    const made = await generate(project, url, { dryRun: false });
    assert.equal(made.kind, "text");
    await project.run(["--url", url, "upgrade", "head"]);
    await fc.assert(
      fc.asyncProperty(missingCase, async (each) => {
        rmSync(join(project.path, "src"), { recursive: true });
        rmSync(join(project.path, "elsewhere"), { recursive: true, force: true });
        project.write(projectAfter(each.fateOf, each.unmatched));
        const answered = new Set<string>();
        const outcome = await generate(
          project,
          url,
          { dryRun: true, allowEmptyGlobs: each.allowEmptyGlobs },
          each.answers.kind === "nobody" ? undefined : askOf(each.answers.yes, answered),
        );
        if (outcome.kind === "refused") {
          refused.set(outcome.code, (refused.get(outcome.code) ?? 0) + 1);
          return;
        }
        const drops = dropsOf(outcome.text);
        written += 1;
        dropping += drops.length > 0 ? 1 : 0;
        assert.deepEqual(
          drops.filter((drop) => !isAnswered(drop, answered)),
          [],
          outcome.text,
        );
      }),
      { numRuns: runs.count, seed: runs.seed, endOnFailure: true },
    );
  } finally {
    project.remove();
  }
  return { refused, written, dropping };
}

function askOf(yes: readonly string[], answered: Set<string>): AskDrop {
  return ({ name }) => {
    const isYes = yes.includes(name);
    if (isYes) {
      answered.add(name);
    }
    return Promise.resolve(isYes);
  };
}

type Outcome =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "refused"; readonly code: string };

async function generate(
  project: ProjectFolder,
  url: string,
  options: Partial<NewRevisionOptions>,
  askDrop?: AskDrop,
): Promise<Outcome> {
  const context = await createContext({
    workingDirectory: project.path,
    configPath: undefined,
    section: undefined,
    url,
    environment: undefined,
    xArguments: new Map(),
    variables: process.env,
    report: () => undefined,
    signal: new AbortController().signal,
    askDrop,
  });
  try {
    const { text } = await runCommand("revision", context, {
      message: "change",
      autogenerate: true,
      ...options,
    });
    return { kind: "text", text };
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    if (typeof code !== "string") {
      throw error;
    }
    return { kind: "refused", code };
  }
}

/** What the upgrade drops, and does not make again under the same name: the call's name, and its texts. */
function dropsOf(text: string): readonly string[] {
  const upgrade = text.slice(text.indexOf("function upgrade"), text.indexOf("function downgrade"));
  const made = new Set([...upgrade.matchAll(/op\.create\w+\(\s*"(\w+)"/g)].map(([, name]) => name));
  return [...upgrade.matchAll(/op\.(drop\w+)\(([^;]*)\);/g)]
    .map(([, kind, given]) => `${kind ?? ""} ${(given ?? "").replaceAll(/["\s]/g, "")}`)
    .filter((drop) => !made.has(/ (\w+)/.exec(drop)?.[1]));
}

/** What a type goes with. */
const users: Readonly<Record<string, readonly string[]>> = {
  "dropEnum order_state": ["orders"],
  "dropEnum quality": ["media", "media.quality"],
};

/** Whether a drop belongs to something of which somebody said that it goes. */
function isAnswered(drop: string, answered: ReadonlySet<string>): boolean {
  return [...answered].some((name) => {
    const [table = "", column] = name.replace("audit.", "").split(".");
    const isPart = column === undefined ? new RegExp(`\\b${table}\\b`).test(drop) : drop.includes(column);
    return isPart || users[drop]?.includes(name) === true;
  });
}
