import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runProgram } from "../support/commandLine";

export const repository = dirname(dirname(__dirname));

let packing: Promise<{ readonly vsix: string; readonly tarball: string }> | undefined;

/** The files that `npm run package` makes: the `.vsix`, and what goes to the npm registry. Made once per run. */
export function packedFiles(): Promise<{ readonly vsix: string; readonly tarball: string }> {
  packing ??= pack();
  return packing;
}

async function pack(): Promise<{ readonly vsix: string; readonly tarball: string }> {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-packed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const kind of [[], ["--npm"]]) {
    const args = ["scripts/package.mjs", "--out", folder, ...kind];
    const { exitCode, stdout, stderr } = await runProgram(process.execPath, args, {
      cwd: repository,
      // Compressing PGlite takes a minute of the processor, the first time.
      timeoutMilliseconds: 900_000,
    });
    if (exitCode !== 0) {
      throw new Error(`node ${args.join(" ")} failed:\n${stdout}${stderr}`);
    }
  }
  const named = (extension: string): string => {
    const name = readdirSync(folder).find((file) => file.endsWith(extension));
    if (name === undefined) {
      throw new Error(`No ${extension} was made.`);
    }
    return join(folder, name);
  };
  return { vsix: named(".vsix"), tarball: named(".tgz") };
}
