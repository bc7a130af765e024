import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runProgram } from "../support/commandLine";

export const repository = dirname(dirname(__dirname));

const folders = new Map<PackedFile, Promise<string>>();

/** What `npm run package` makes: the `.vsix`, and what goes to the npm registry. */
export type PackedFile = "vsix" | "tgz";

/** The path of one of the packed files, which is made once per process. */
export function packedFile(kind: PackedFile): Promise<string> {
  const packing = folders.get(kind) ?? pack(kind);
  folders.set(kind, packing);
  return packing;
}

async function pack(kind: PackedFile): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "alembic-ts-packed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const args = ["scripts/package.mjs", "--out", folder, ...(kind === "tgz" ? ["--npm"] : [])];
  const { exitCode, stdout, stderr } = await runProgram(process.execPath, args, {
    cwd: repository,
    // Compressing PGlite takes a minute of the processor, the first time.
    timeoutMilliseconds: 900_000,
  });
  if (exitCode !== 0) {
    throw new Error(`node ${args.join(" ")} failed:\n${stdout}${stderr}`);
  }
  const name = readdirSync(folder).find((file) => file.endsWith(`.${kind}`));
  if (name === undefined) {
    throw new Error(`No .${kind} was made.`);
  }
  return join(folder, name);
}
