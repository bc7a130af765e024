// Records what squawk says of the corpus: `npx tsx test/unit/lint/squawk/record.ts <folder>`, where the folder is one that
// `npm install squawk-cli` was run in.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { answersFile, keyOf } from "./answers";
import type { SquawkAnswers, SquawkFinding } from "./answers";
import { readCorpus } from "./corpus";
import type { CorpusText } from "./corpus";

/** All rules that are off by themselves; a run is in a transaction, as `op.execute` is. */
const options = ["--reporter", "json", "--assume-in-transaction", "--include", "require-table-schema"];

interface Reported {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule_name: string;
}

/** squawk is a program of its own for each platform. */
function programIn(installed: string): string {
  const ofPackage = createRequire(join(resolve(installed), "package.json")).resolve(
    "squawk-cli/package.json",
  );
  return createRequire(ofPackage).resolve(`@squawk-cli/${process.platform}-${process.arch}/bin/squawk`);
}

function run(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const output: unknown = Reflect.get(Object(error), "stdout");
    // The status is 1 where it finds anything.
    if (Reflect.get(Object(error), "status") === 1 && typeof output === "string") {
      return output;
    }
    throw error;
  }
}

function answersOf(
  program: string,
  folder: string,
  texts: readonly CorpusText[],
  version: number,
): readonly (readonly [string, readonly SquawkFinding[]])[] {
  const files = texts.map(({ text, name }) => {
    const file = join(folder, `${name.replace("/", "-")}.sql`);
    writeFileSync(file, text);
    return file;
  });
  const reported = JSON.parse(
    run(program, [...options, "--pg-version", String(version), ...files]),
  ) as readonly Reported[];
  return texts.map((text, index) => [
    keyOf(text),
    reported
      .filter(({ file }) => file === files[index])
      .map(({ rule_name: rule, line, column }) => [rule, line, column]),
  ]);
}

function askSquawk(program: string, texts: readonly CorpusText[]): SquawkAnswers {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-squawk-"));
  try {
    const versions = [...new Set(texts.map(({ version }) => version))];
    const findings = versions.flatMap((version) =>
      answersOf(
        program,
        folder,
        texts.filter((each) => each.version === version),
        version,
      ),
    );
    return {
      version: run(program, ["--version"]).replace("squawk ", "").trim(),
      findings: Object.fromEntries(findings),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One text a line. */
function formatted({ version, findings }: SquawkAnswers): string {
  const lines = Object.entries(findings).map(
    ([key, found]) => `${JSON.stringify(key)}:${JSON.stringify(found)}`,
  );
  return `{"version":${JSON.stringify(version)},"findings":{\n${lines.join(",\n")}\n}}\n`;
}

writeFileSync(answersFile, formatted(askSquawk(programIn(process.argv[2] ?? "."), readCorpus())));
