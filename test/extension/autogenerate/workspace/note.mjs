// Run behind each revision that is written: tells that it was.
import { appendFileSync } from "node:fs";
import { basename } from "node:path";

appendFileSync("written.txt", `${basename(process.argv[2] ?? "")}\n`);
