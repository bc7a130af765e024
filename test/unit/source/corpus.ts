import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { printRevisionFile } from "../../../src/source/printRevisionFile";

const CORPUS = join(__dirname, "corpus");

/** A file of the corpus; `path` is the name that the text would have as a revision file. */
export interface CorpusFile {
  readonly path: string;
  readonly text: string;
}

/** The odd files, by name. They end in `.txt` so that no compiler or linter takes them for code of this project. */
export function corpusFiles(): readonly CorpusFile[] {
  return readdirSync(CORPUS)
    .sort()
    .map((name) => ({
      path: name.replace(/\.txt$/, ""),
      text: readFileSync(join(CORPUS, name), "utf8"),
    }));
}

/** A file as `revision` writes it. */
export const writtenRevision = printRevisionFile({
  message: "Add users",
  revision: "b2",
  downRevisions: ["a1"],
  branchLabels: ["app"],
  dependsOn: [],
  createDate: "2025-10-01 21:15:00",
});
