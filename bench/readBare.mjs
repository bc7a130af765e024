// The bare limit of `heads` and `history`: Node's own start, and the reading of the files.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
let length = 0;
for (const entry of readdirSync(folder, { withFileTypes: true })) {
  length += readFileSync(join(folder, entry.name), "utf8").length;
}
process.stdout.write(`${length}\n`);
