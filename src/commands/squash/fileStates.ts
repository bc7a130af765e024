import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { CommandContext } from "../../context/commandContext";
import { CommandError } from "../../context/commandError";
import { readScriptDirectory } from "../../project/scriptDirectory";

/** Digests of the texts of all revision files, by their paths. */
export type FileStates = ReadonlyMap<string, string>;

/** Reads what the revision files are now: what a context has read is kept. */
export async function readFileStates({ config }: Pick<CommandContext, "config">): Promise<FileStates> {
  const { graph } = await readScriptDirectory(config);
  const states = await Promise.all(
    graph.files.map(async ({ path }) => {
      const digest = createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
      return [path, digest] as const;
    }),
  );
  return new Map(states);
}

/**
 * Refuses to squash what somebody else changes at the same time: what was proven would be something else.
 * @param written the squashed revision, if it is there
 * @throws CommandError `moved-on`
 */
export async function requireSameFiles(
  context: Pick<CommandContext, "config">,
  before: FileStates,
  written?: string,
): Promise<void> {
  const now = await readFileStates(context);
  const paths = new Set([...before.keys(), ...now.keys()].filter((path) => path !== written));
  const changed = [...paths].find((path) => before.get(path) !== now.get(path));
  if (changed !== undefined) {
    throw new CommandError(
      "moved-on",
      `Revision files changed while the range was squashed, so nothing was written: ${changed}`,
      "Run the command again.",
    );
  }
}
