import { knownFileDiagnostics } from "../../source/chainDiagnostics";
import type { HeaderScan } from "../../source/header";
import type { RevisionIndex } from "../../source/revisionIndex";
import { scanHeader } from "../../source/scanHeader";
import type { Turns } from "../shared/turns";

/** A text, in characters, whose header may take longer to find than all that shares a turn. */
const longText = 100_000;

/** The headers of the texts that the index has not, by path. */
export async function scanChanged(
  index: RevisionIndex,
  texts: ReadonlyMap<string, string>,
  turns: Turns,
): Promise<Map<string, HeaderScan>> {
  const scans = new Map<string, HeaderScan>();
  for (const [path, text] of texts) {
    if (index.file(path)?.text !== text) {
      // The whole of a turn for one that may take the most of it.
      await (text.length > longText ? turns.yield() : turns.breathe());
      scans.set(path, scanHeader(text, path));
    }
  }
  return scans;
}

/** Works out what the readers of a change would work out in one turn, which takes long with many files. */
export async function prepareReaders(index: RevisionIndex, turns: Turns): Promise<void> {
  for (const file of index.files) {
    await turns.breathe();
    knownFileDiagnostics(file);
  }
  await turns.yield();
  void index.graph;
  await turns.yield();
}
