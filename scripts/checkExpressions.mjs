/**
 * Holds every regular expression of src/ against `recheck`: none may take more than linear time, whatever it is given.
 * An expression that is put together at run time can't be looked at here and is listed below, with the reason why it is
 * none that could.
 */
import { parse } from "@babel/parser";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "recheck";
import { availableParallelism } from "node:os";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const longestMilliseconds = 20_000;

/** How many expressions of a file are made at run time, and why that is no danger. */
const madeAtRunTime = new Map([
  [
    "src/project/loader/includedFiles.ts",
    { count: 1, reason: "tsconfig.json of a project whose code is run" },
  ],
  [
    "src/sqlText/expression.ts",
    { count: 2, reason: "escaped names between fixed ends, without a repetition" },
  ],
  [
    "src/run/typeorm/classPlace.ts",
    { count: 2, reason: "names between fixed words, in a class that is run" },
  ],
  ["src/commands/plan/planIdentity.ts", { count: 1, reason: "digits of fixed numbers" }],
  ["src/source/python/parsePythonRevision.ts", { count: 1, reason: "one of four fixed words" }],
  ["src/source/python/writtenPythonHead.ts", { count: 3, reason: "held against recheck by its test" }],
  ["src/source/python/convert/term.ts", { count: 1, reason: "a name of Python between fixed words" }],
  ["src/source/scanWrittenRevision.ts", { count: 1, reason: "looked at by its own test" }],
  [
    "src/extension/autogenerate/addDataSourceEntry.ts",
    { count: 1, reason: "one of the literals above it, with a flag" },
  ],
  [
    "src/extension/autogenerate/lossRanges.ts",
    { count: 1, reason: "escaped words with blanks between them" },
  ],
]);

function* nodesOf(node) {
  if (Array.isArray(node)) {
    for (const item of node) {
      yield* nodesOf(item);
    }
  } else if (typeof node?.type === "string") {
    yield node;
    for (const [key, value] of Object.entries(node)) {
      if (key !== "loc" && typeof value === "object") {
        yield* nodesOf(value);
      }
    }
  }
}

/** The expressions of the sources, one of each kind, with every place; and how many are made at run time in each file. */
function readSources() {
  const literals = new Map();
  const made = new Map();
  for (const name of readdirSync(path.join(root, "src"), { recursive: true })) {
    if (!/\.(?:ts|mjs)$/.test(name)) {
      continue;
    }
    const file = `src/${name.replaceAll(path.sep, "/")}`;
    const text = readFileSync(path.join(root, file), "utf8");
    const { program } = parse(text, { sourceType: "module", plugins: ["typescript"] });
    for (const node of nodesOf(program)) {
      if (node.type === "RegExpLiteral") {
        // Where matches are placed changes nothing of how they are found, and recheck does not know it.
        const flags = node.flags.replace("d", "");
        const key = `/${node.pattern}/${flags}`;
        const known = literals.get(key) ?? { pattern: node.pattern, flags, places: [] };
        known.places.push(`${file}:${node.loc.start.line}`);
        literals.set(key, known);
      } else if (node.callee?.name === "RegExp") {
        made.set(file, (made.get(file) ?? 0) + 1);
      }
    }
  }
  return { literals: [...literals.values()], made };
}

async function complaintOf({ pattern, flags, places }, timeout) {
  const result = await check(pattern, flags, { timeout });
  if (result.status === "safe") {
    return [];
  }
  const why =
    result.status === "vulnerable"
      ? `${result.complexity.summary}, for example with ${result.attack.pattern}`
      : `not decided: ${result.error.kind}`;
  return [`${places.join(", ")}: /${pattern}/${flags} is ${why}`];
}

const { literals, made } = readSources();
const doubtful = [];
let next = 0;
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (let literal = literals[next++]; literal !== undefined; literal = literals[next++]) {
      if ((await complaintOf(literal, longestMilliseconds)).length > 0) {
        doubtful.push(literal);
      }
    }
  }),
);
// The tool measures what it suspects, and a busy machine takes long for anything: what is doubtful is looked at alone.
const complaints = [];
for (const literal of doubtful) {
  complaints.push(...(await complaintOf(literal, 3 * longestMilliseconds)));
}
for (const file of new Set([...made.keys(), ...madeAtRunTime.keys()])) {
  const [found, known] = [made.get(file) ?? 0, madeAtRunTime.get(file)?.count ?? 0];
  if (found !== known) {
    complaints.push(`${file} makes ${found} expressions at run time, and ${known} are known to be harmless.`);
  }
}
complaints.forEach((complaint) => console.error(complaint));
console.log(`${literals.length} regular expressions, ${complaints.length} complaints.`);
process.exitCode = complaints.length === 0 ? 0 : 1;
