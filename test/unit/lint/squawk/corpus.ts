import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A text of the corpus: one statement or several, as a migration would have them. */
export interface CorpusText {
  /** `<file>/<number>`. */
  readonly name: string;
  readonly text: string;
  /** Major version of the server that it is for. */
  readonly version: number;
}

const folder = join(__dirname, "corpus");

/** Of the files whose statements are for another server than today's. */
const otherVersions: Readonly<Record<string, number>> = { "oldServer.sql": 10, "nextServer.sql": 19 };

const versionOfToday = 18;

/** The texts of `corpus/*.sql`, which blank lines divide. */
export function readCorpus(): readonly CorpusText[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), "utf8")
        .trim()
        .split(/\n{2,}/)
        .map((text, index) => ({
          name: `${file.replace(/\.sql$/, "")}/${String(index + 1)}`,
          text,
          version: otherVersions[file] ?? versionOfToday,
        })),
    );
}
