import { createHash } from "node:crypto";
import { join } from "node:path";
import type { CommandContext } from "../context/commandContext";
import type { PairOutcome, PairVerdict } from "../context/commuteOutcome";
import { searchedSchemas } from "../context/searchedSchemas";
import { readRegularFile } from "../machine/regularFile";
import { compiledFolder, sealedFiles } from "../project/loader/compiledFolder";
import type { BranchPair } from "../revision/branchPairs";
import type { GraphRevision } from "../revision/graph";
import { version } from "../version";

/** What is remembered of a pair. */
export type RememberedPair = PairVerdict & Pick<PairOutcome, "dataSteps">;

/**
 * What earlier checks have found, known again by the texts of all revisions that a pair stands on. It lies in the user's own
 * cache. A revision that imports or asks for more than its text is not remembered.
 */
export interface VerdictMemory {
  recall(pair: BranchPair): RememberedPair | undefined;
  remember(pair: BranchPair, verdict: RememberedPair): void;
}

const format = 2;
const mostBytes = 10_000_000;

/** What a revision may depend on beside its text. */
const outside =
  /\bimport\b(?!\s+type\b)|\brequire\b|\bprocess\b|\bglobalThis\b|\brunTypeormMigration\b|\bxArguments\b|\.config\b/;

export async function openVerdictMemory(context: CommandContext): Promise<VerdictMemory> {
  const { config } = context;
  const folder = compiledFolder(config.directory);
  const files = folder === undefined ? undefined : sealedFiles(folder);
  if (folder === undefined || files === undefined || config.customOperations.size > 0) {
    return { recall: () => undefined, remember: () => undefined };
  }
  const digestOf = revisionDigests();
  const schemas = await searchedSchemas(context);
  const pathOf = ({ shared, left, right }: BranchPair): string | undefined => {
    const sides = [shared, left, right].map((revisions) => revisions.map(digestOf));
    if (sides.flat().includes(undefined)) {
      return undefined;
    }
    const { namingConvention, versionTable, versionTableSchema } = config;
    const given = [
      format,
      version,
      process.version,
      namingConvention,
      versionTable,
      versionTableSchema,
      schemas,
      sides,
    ];
    return join(folder, "branches", createHash("sha256").update(JSON.stringify(given)).digest("hex"));
  };
  return {
    recall(pair) {
      const path = pathOf(pair);
      const contents = path === undefined ? undefined : files.read(path);
      return contents === undefined ? undefined : (JSON.parse(contents.toString()) as RememberedPair);
    },
    remember(pair, verdict) {
      const path = pathOf(pair);
      if (path === undefined || !isOfServer(verdict)) {
        return;
      }
      try {
        files.write(path, JSON.stringify(verdict));
      } catch {
        // It is found out again the next time.
      }
    },
  };
}

/** A failure that the server did not name may be the machine's. */
function isOfServer(verdict: PairVerdict): boolean {
  return verdict.kind !== "refused" || verdict.orders.every(({ failure }) => failure.sql !== undefined);
}

/** A digest of a revision's name and text; undefined where it may do something else with the same text. */
function revisionDigests(): (revision: GraphRevision) => string | undefined {
  const known = new Map<string, string | undefined>();
  return ({ revision, path }) => {
    if (!known.has(path)) {
      const text = readRegularFile(path, mostBytes);
      known.set(
        path,
        text === undefined || outside.test(text)
          ? undefined
          : createHash("sha256").update(`${revision}\0${path}\0${text}`).digest("hex"),
      );
    }
    return known.get(path);
  };
}
