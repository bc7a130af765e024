import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { throughAlembic } from "../../../src/commands/alembic/throughAlembic";
import { createContext } from "../../../src/context/createContext";
import type { CommandEvent } from "../../../src/context/events";
import { createProjectFolder, type ProjectFolder } from "../../support/projectFolder";

/** Stands in for Python's Alembic, which the tests of the long run have; what `upgrade` does is its first line. */
const standIn = (upgrade: string): string => `#!${process.execPath}
const { existsSync, writeFileSync } = require("node:fs");
const words = process.argv.slice(2);
const wait = () => setInterval(() => {}, 1000);
const log = (text) => process.stderr.write("INFO  [alembic.runtime.migration] " + text + "\\n");
if (words.includes("current")) {
  process.stdout.write(existsSync("applied") ? "a1\\n" : "");
} else {
  ${upgrade}
}
`;

const files = {
  "alembic.ini": "[alembic]\nscript_location = migrations\n",
  "migrations/env.py": "",
  "migrations/versions/a1.py": '"""One"""\nrevision = "a1"\ndown_revision = None\n',
  "migrations/versions/b2.py": '"""Two"""\nrevision = "b2"\ndown_revision = "a1"\n',
};

describe("an upgrade through the project's own alembic", function () {
  this.timeout(30_000);
  let project: ProjectFolder;
  let controller: AbortController;
  let events: string[];
  beforeEach(() => {
    controller = new AbortController();
    events = [];
  });
  afterEach(() => project.remove());

  function noteEvent(event: CommandEvent): void {
    switch (event.kind) {
      case "stepStarted":
      case "stepFinished":
        events.push(`${event.kind} ${String(event.index + 1)}/${String(event.total)}`);
        return;
      case "log":
        events.push(`${event.level} ${event.message}`);
        if (event.message === "ready") {
          controller.abort();
        }
        return;
      default:
    }
  }

  /** Runs `upgrade head` with a program that does this. */
  async function upgrade(program: Readonly<Record<string, string>>, path = "bin/alembic"): Promise<unknown> {
    project = createProjectFolder({ ...files, ...program });
    Object.keys(program).forEach((name) => chmodSync(join(project.path, name), 0o755));
    const context = await createContext({
      workingDirectory: project.path,
      configPath: join(project.path, "alembic.ini"),
      section: undefined,
      url: undefined,
      environment: undefined,
      xArguments: new Map(),
      alembic: { root: project.path, interpreter: path, xArguments: [] },
      variables: process.env,
      report: noteEvent,
      signal: controller.signal,
    });
    return throughAlembic("upgrade", context, { target: "heads" });
  }

  const running = (): readonly string[] =>
    execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(project.path));

  it("tells of each line and step as it comes", async () => {
    const result = await upgrade({
      "bin/alembic": standIn(
        'writeFileSync("applied", ""); log("Running upgrade  -> a1, One"); log("Running upgrade a1 -> b2, Two");',
      ),
    });
    assert.deepEqual(events, [
      "stepStarted 1/2",
      "info INFO  [alembic.runtime.migration] Running upgrade  -> a1, One",
      "stepFinished 1/2",
      "stepStarted 2/2",
      "info INFO  [alembic.runtime.migration] Running upgrade a1 -> b2, Two",
      "stepFinished 2/2",
    ]);
    assert.deepEqual((result as { readonly heads: unknown }).heads, ["a1"]);
  });

  it("says that it began where env.py sets up no log", async () => {
    await assert.rejects(
      upgrade({ "bin/alembic": standIn('writeFileSync("applied", ""); process.exit(1);') }),
      {
        message: "Alembic failed: It ended with exit status 1.",
      },
    );
    assert.deepEqual(events, ["stepStarted 1/2"]);
  });

  it("says what PostgreSQL refused, without its picture of the statement", async () => {
    const refusal = [
      "Traceback (most recent call last):",
      'sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation "nowhere" does not exist',
      "LINE 1: SELECT 1 FROM nowhere",
      "                      ^",
      "",
      "[SQL: SELECT 1 FROM nowhere]",
      "(Background on this error at: https://sqlalche.me/e/14/f405)",
    ];
    await assert.rejects(
      upgrade({
        "bin/alembic": standIn(`console.error(${JSON.stringify(refusal.join("\n"))}); process.exit(1);`),
      }),
      {
        message:
          'Alembic failed: sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedTable) relation "nowhere" does not exist',
        sql: "SELECT 1 FROM nowhere",
      },
    );
  });

  it("is interrupted where it is cancelled, and may clean up", async () => {
    const program = standIn(
      'process.on("SIGINT", () => { console.log("rolled back"); process.exit(130); }); console.error("ready"); wait();',
    );
    await assert.rejects(upgrade({ "bin/alembic": program }), { name: "AbortError" });
    assert.deepEqual(events, ["stepStarted 1/2", "info ready", "info rolled back"]);
    assert.deepEqual(running(), []);
  });

  it("is ended with all that it started where an interruption does not end it, and says so", async () => {
    await assert.rejects(
      upgrade({
        "bin/alembic": '#!/bin/sh\ntrap "" INT\n"$(dirname "$0")/python" "$@"\n',
        "bin/python": standIn('process.on("SIGINT", () => {}); console.error("ready"); wait();'),
      }),
      { name: "AbortError" },
    );
    assert.deepEqual(events, [
      "stepStarted 1/2",
      "info ready",
      "warning Alembic did not stop within 2 seconds, so its process was ended. The database server may still be running the last statement.",
    ]);
    assert.deepEqual(running(), []);
  });

  it("is refused where the program is missing", async () => {
    await assert.rejects(upgrade({}, "gone"), {
      code: "alembic-missing",
      message: `The setting alembic.python.interpreter names no Alembic (${join(project.path, "gone")}).`,
    });
  });
});
