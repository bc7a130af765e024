import { describeExamples, exampleNames } from "../cli/integrationExamples";

describeExamples(exampleNames);
