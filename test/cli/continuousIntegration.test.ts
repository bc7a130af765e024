import { describeExamples, exampleNames } from "./integrationExamples";

// The others, which run the same commands, are in test/long.
describeExamples(exampleNames.slice(0, 1));
