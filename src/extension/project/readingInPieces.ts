import { knownFileDiagnostics } from "../../source/chainDiagnostics";
import type { HeaderScan } from "../../source/header";
import type { RevisionIndex } from "../../source/revisionIndex";
import { scanHeader, scanHeaderInPieces } from "../../source/scanHeader";
import type { Turns } from "../shared/turns";

/** A text, in characters, whose header may take longer to find than a turn may. */
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
      await turns.breathe();
      scans.set(path, text.length > longText ? await scanLong(text, path, turns) : scanHeader(text, path));
    }
  }
  return scans;
}

async function scanLong(text: string, path: string, turns: Turns): Promise<HeaderScan> {
  const pieces = scanHeaderInPieces(text, path);
  for (;;) {
    const piece = pieces.next();
    if (piece.done === true) {
      return piece.value;
    }
    await turns.breathe();
  }
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
