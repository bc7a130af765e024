import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { file, reviewed, stateQuery } from "../cli/carelessAttempts";
import { queryRows, queryValues } from "../support/queryRows";
import { eventually, startExtension, workspaceFile } from "./editor";

/** A text of a Markdown string, without what keeps it from being Markdown. */
export function plainText(message: vscode.MarkdownString | string | undefined): string {
  const text = message instanceof vscode.MarkdownString ? message.value : (message ?? "");
  return text.replaceAll("&nbsp;", " ").replaceAll(/\\(.)/g, "$1");
}

export interface Answer {
  readonly data: Readonly<Record<string, unknown>>;
  /** What the tool says where it refuses. */
  readonly refusal: string | undefined;
}

/** A project in the suite's workspace, whose databases an agent must leave as they are. */
export interface CarelessProject {
  /** Puts the revisions after b2 and the configuration to what is given. */
  readonly start: (files?: Readonly<Record<string, string>>, lint?: object) => void;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly call: (tool: string, input?: object) => Promise<Answer>;
  readonly planId: () => Promise<string>;
  /** Everything in both databases. */
  readonly state: () => Promise<readonly unknown[]>;
  readonly remove: () => Promise<void>;
}

/** Two databases at b2: `stage`, which is the configured one, and `live`, which is production. */
export async function startCareless(stage: string): Promise<CarelessProject> {
  const live = `${stage}_live`;
  const write: CarelessProject["write"] = (files) => {
    for (const [name, text] of Object.entries(files)) {
      const path = workspaceFile(`careless/${name}`).fsPath;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text.replaceAll("DEV_URL", stage));
    }
  };
  const start: CarelessProject["start"] = (files = {}, lint) => {
    for (const name of ["c3", "d4", "../wipe", "../fill"]) {
      rmSync(workspaceFile(`careless/${file(name)}`).fsPath, { force: true });
    }
    const environments = { stage: { url: stage }, live: { url: live, production: true } };
    const config = { scriptLocation: "migrations", url: stage, environments, ...(lint && { lint }) };
    write({ "alembic.config.json": JSON.stringify(config), ...files });
  };
  const call: CarelessProject["call"] = async (name, input = {}) => {
    try {
      const result = await vscode.lm.invokeTool(`alembic_${name}`, { input, toolInvocationToken: undefined });
      const [part] = result.content;
      assert.ok(part instanceof vscode.LanguageModelTextPart);
      return { data: JSON.parse(part.value) as Answer["data"], refusal: undefined };
    } catch (error) {
      return { data: {}, refusal: String(error) };
    }
  };
  await queryRows(stage, `CREATE DATABASE "${new URL(live).pathname.slice(1)}"`);
  for (const url of [stage, live]) {
    await queryRows(
      url,
      `CREATE TABLE alembic_version (version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY);
       INSERT INTO alembic_version VALUES ('b2');
       CREATE TABLE t (id integer, note text, extra text);
       INSERT INTO t VALUES (1, 'kept')`,
    );
  }
  start(reviewed);
  write({ ".env": `DATABASE_URL=${stage}\n` });
  const modules = join(__dirname, "../../../../node_modules");
  assert.ok(existsSync(modules));
  symlinkSync(modules, workspaceFile("careless/node_modules").fsPath, "junction");
  const inspection = await startExtension();
  await eventually(() => assert.equal(inspection.treeRows().length, 2));
  return {
    start,
    write,
    call,
    planId: async () => String((await call("plan")).data["id"]),
    state: async () => [await queryValues(stage, stateQuery), await queryValues(live, stateQuery)],
    remove: async () => {
      rmSync(workspaceFile("careless").fsPath, { recursive: true });
      await queryRows(stage, "DROP TABLE t, alembic_version");
      await inspection.whenRead();
    },
  };
}
