import type { RevisionTest } from "../project/revisionTest";
import { DataTestError } from "./dataTestError";

/** A test: a function that a test file exports. */
export interface TestFunction {
  readonly name: string;
  readonly call: (test: RevisionTest) => unknown;
}

/**
 * The tests of a loaded file: all functions that it exports, but no classes.
 * @throws DataTestError `no-tests` where it exports none: a file of tests that tests nothing is a mistake
 */
export function testFunctionsOf(exports: unknown, path: string): readonly TestFunction[] {
  const found = new Map(entriesOf(exports).flatMap(([name, value]) => functionsOf(name, value)));
  if (found.size === 0) {
    throw new DataTestError(
      "no-tests",
      `${path} exports no function, so it tests nothing.`,
      "Write each test as `export async function <name>({ connection, upgrade }: RevisionTest): Promise<void> { … }`.",
    );
  }
  return [...found].map(([name, call]) => ({ name, call }));
}

/** CommonJS that was loaded by ESM has its exports below `default`, too. */
function functionsOf(name: string, value: unknown): readonly (readonly [string, TestFunction["call"]])[] {
  if (name === "default" && typeof value === "object") {
    return entriesOf(value).flatMap(([inner, each]) => (inner === "default" ? [] : functionsOf(inner, each)));
  }
  return isTest(value) ? [[name, (test) => value.call(undefined, test)]] : [];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function isTest(value: unknown): value is (...input: readonly unknown[]) => unknown {
  return typeof value === "function" && !/^class\b/.test(Function.prototype.toString.call(value));
}
