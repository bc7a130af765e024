// `npm test`: everything, on a fresh clone too. `npm test -- --only unit,database` runs some of it.
import { runAll } from "./runAll.mjs";
import { runners } from "./runners.mjs";

await runAll(runners, process.argv.slice(2));
