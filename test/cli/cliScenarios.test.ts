import { plainEnvironment } from "../support/commandLine";
import { runInProcess } from "../support/inProcess";
import { withoutPath } from "../support/projectFolder";
import { describeScenarios } from "./replayedScenarios";

// As users run it, in a process each: in cliScenarios.long.test.ts.
describeScenarios("in this process", async ({ path }, args, env) =>
  withoutPath(await runInProcess({ path, variables: { ...plainEnvironment(), ...env } }, args), path),
);
