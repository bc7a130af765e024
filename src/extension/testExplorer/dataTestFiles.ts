import { isRevisionTestName, testedStem } from "../../source/revisionFileNames";
import type { ExportedFunction } from "../../source/moduleExports";
import type { IndexedFile, RevisionIndex } from "../../source/revisionIndex";
import { readExportedFunctions } from "../project/parser";

/** Tests are short; parsing more would hold up the editor. */
const longestParsed = 500_000;

type FilesByStem = ReadonlyMap<string, readonly IndexedFile[]>;

const latest = new WeakMap<RevisionIndex, { readonly version: number; readonly files: FilesByStem }>();

/** The files of tests beside revisions, by what their names have in common: `testedStem`. */
export function dataTestFiles(index: RevisionIndex): FilesByStem {
  const { version } = index;
  const known = latest.get(index);
  if (known?.version === version) {
    return known.files;
  }
  const files = findFiles(index);
  latest.set(index, { version, files });
  return files;
}

function findFiles(index: RevisionIndex): FilesByStem {
  const byStem = new Map<string, IndexedFile[]>();
  for (const file of index.files) {
    // With a revision's header it is one, whatever its name.
    if (file.header === undefined && isRevisionTestName(nameOfFile(file.path))) {
      const stem = testedStem(file.path);
      byStem.set(stem, [...(byStem.get(stem) ?? []), file]);
    }
  }
  return byStem;
}

/** Without its folders. */
export function nameOfFile(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

const functions = new WeakMap<IndexedFile, readonly ExportedFunction[] | undefined>();

/** The tests that the text of a file says it has; undefined where it can't be read, as while it is typed. */
export function dataTestFunctions(file: IndexedFile): readonly ExportedFunction[] | undefined {
  if (!functions.has(file)) {
    functions.set(file, file.text.length > longestParsed ? [] : readExportedFunctions(file.text));
  }
  return functions.get(file);
}
