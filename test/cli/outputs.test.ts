import assert from "node:assert/strict";
import type { Command } from "commander";
import { addEveryCommand } from "../../src/cli/everyCommand";
import { createProgram } from "../../src/cli/program";
import { outputTable } from "../../src/outputs/outputTable";
import type { ProjectFolder } from "../support/projectFolder";
import { sharedPostgres } from "../support/sharedPostgres";
import { checkOutput, createOutputProject, quickCases, slowCases } from "./outputCases";

/** Serves a protocol of its own on stdout. */
const withoutJson = ["mcp"];

describe("the output of commands with --json", function () {
  this.timeout(60_000);
  let project: ProjectFolder;
  before(async () => {
    project = createOutputProject(await (await sharedPostgres()).createDatabase());
  });
  after(() => project.remove());

  const commands = (): readonly Command[] => createProgram(() => Promise.resolve(), addEveryCommand).commands;

  it("is an option of every command", () => {
    const without = commands().filter(({ options }) => !options.some(({ long }) => long === "--json"));
    assert.deepEqual(
      without.map((command) => command.name()),
      withoutJson,
    );
  });

  it("has a schema for every command, and a case for every schema", () => {
    const names = commands().map((command) => command.name());
    const described = Object.keys(outputTable);
    assert.deepEqual(
      [...new Set(described.map((name) => name.split(" ")[0]))].sort(),
      names.filter((name) => !withoutJson.includes(name)).sort(),
    );
    const tried = [...quickCases, ...slowCases].map(({ prints }) => prints);
    assert.deepEqual([...new Set<string>(tried)].sort(), described.toSorted());
  });

  for (const each of quickCases) {
    it(`is as its schema says: ${each.args}`, () => checkOutput(each, project));
  }
});
