import type * as z from "zod";
import { branchCheckOutput, differencesOutput, driftOutput, lintOutput, testOutput } from "./checkOutput";
import { errorOutput } from "./errorOutput";
import {
  adoptOutput,
  convertOutput,
  editOutput,
  initOutput,
  newRevisionOutput,
  pruneOutput,
  rebaseOutput,
  squashOutput,
  templatesOutput,
} from "./fileOutput";
import { currentOutput, revisionList, statusOutput } from "./revisionOutput";
import { ensureVersionOutput, runOutput } from "./runOutput";

/** What each command prints to stdout with `--json`, by the command and the flag that gives it another output. */
export const outputTable = {
  current: currentOutput,
  status: statusOutput,
  history: revisionList,
  heads: revisionList,
  branches: revisionList,
  "branches --check": branchCheckOutput,
  show: revisionList,
  upgrade: runOutput,
  downgrade: runOutput,
  stamp: runOutput,
  ensure_version: ensureVersionOutput,
  init: initOutput,
  list_templates: templatesOutput,
  revision: newRevisionOutput,
  merge: newRevisionOutput,
  "merge --check": branchCheckOutput,
  edit: editOutput,
  check: differencesOutput,
  rebase: rebaseOutput,
  squash: squashOutput,
  "squash --prune": pruneOutput,
  test: testOutput,
  verify: testOutput,
  drift: driftOutput,
  lint: lintOutput,
  adopt: adoptOutput,
  convert: convertOutput,
} satisfies Readonly<Record<string, z.ZodType>>;

/** A line of the table; `failure` is what any command prints that fails. */
export type OutputName = keyof typeof outputTable | "failure";

/** The schema of what a command prints. */
export function outputOf(name: OutputName): z.ZodType {
  return name === "failure" ? errorOutput : outputTable[name];
}
