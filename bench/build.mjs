import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));

/** The command line as it is released, built beside the one that is being worked on; or that of `TEST_DIST`. */
export function builtCommandLine() {
  const named = process.env.TEST_DIST;
  if (named !== undefined) {
    return join(named, "cli.js");
  }
  // Within the repository, where the packages are found that are no part of the bundles.
  const folder = join(repository, "out", "bench");
  execFileSync(process.execPath, ["esbuild.mjs", "--production", "--out", folder], {
    cwd: repository,
    stdio: "inherit",
  });
  return join(folder, "cli.js");
}
