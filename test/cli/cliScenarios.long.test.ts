import { describeScenarios } from "./replayedScenarios";

describeScenarios("in processes", (project, args, env) => project.run(args, { env }));
