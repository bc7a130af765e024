import assert from "node:assert/strict";
import { losingFiles, next, startsProgram, toolAttempts } from "../../../cli/carelessAttempts";
import { startCareless, type CarelessProject } from "../../../extension/carelessProject";

describe("a careless agent in the editor", () => {
  let project: CarelessProject;
  let untouched: readonly unknown[];
  before(async () => {
    project = await startCareless(process.env["SUITE_DATABASE_URL"] ?? "");
    untouched = await project.state();
  });

  for (const [name, tool, input, says] of toolAttempts) {
    it(`${name}: changes no database`, async () => {
      project.start(next(""));
      const id = await project.planId();
      const named = Object.entries(input).map(([key, value]) => [key, value === "ID" ? id : value]);
      const { refusal } = await project.call(tool, Object.fromEntries(named) as object);
      assert.deepEqual(await project.state(), untouched);
      assert.match(refusal ?? "", says);
    });
  }

  for (const [tool, input, says] of [
    ["verify", { revisions: ["c3"] }, /failed/],
    ["explain_locks", { range: "c3" }, /./],
    ["preview_sql", { range: "b2:c3" }, /starts [^]*refused[^]*ask a person/],
    ["check", {}, /./],
  ] as const) {
    it(`tries a revision that starts a program by ${tool}: changes no database`, async () => {
      project.start(startsProgram);
      const { data, refusal } = await project.call(tool, input);
      assert.deepEqual(await project.state(), untouched);
      assert.match(refusal ?? JSON.stringify(data), says);
    });
  }

  for (const { name, files, lint } of losingFiles) {
    it(`${name}: gets no ID`, async () => {
      project.start(files, lint);
      const { data, refusal } = await project.call("plan");
      assert.equal(data["id"], null, refusal);
      assert.match(String(data["withheld"]), /may lose data[^]*Ask a person/);
      assert.deepEqual(await project.state(), untouched);
    });
  }
});
