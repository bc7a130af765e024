// `npm run test:long`: what takes too long for every change.
import { runAll } from "./runAll.mjs";
import { longRunners } from "./runners.mjs";

await runAll(longRunners, process.argv.slice(2));
