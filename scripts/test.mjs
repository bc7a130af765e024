// `npm test`: everything, on a fresh clone too. `npm test -- --only unit,database` runs some of it.
import { runAll } from "./runAll.mjs";
import { namedRunners, runners } from "./runners.mjs";

const args = process.argv.slice(2);
await runAll(args.includes("--only") ? namedRunners : runners, args);
