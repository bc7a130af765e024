const revisionName = /^(?!\.|__init__\.).*\.(?:[cm]?[jt]s)$|^(?!\.#|__init__).*\.py$/s;
const typeScriptName = /\.[cm]?ts$/;
const revisionTestName = /^[^.].*\.test\.[cm]?[jt]s$/s;
const testName = /\.(?:test|spec)\.[cm]?[jt]sx?$/;

/**
 * Whether a file of this name, in a version folder, may be a revision; the one rule of the editor and the command line.
 * Hidden files, declarations and Python's `__init__.py` are none; of a Python file Alembic's own rule counts, which takes `.name.py`.
 */
export function isRevisionFileName(name: string): boolean {
  return revisionName.test(name) && !isDeclarationName(name);
}

/** `a.d.ts`, and `a.d.css.ts`, which declares the types of `a.css`. */
function isDeclarationName(name: string): boolean {
  return name.includes(".d.") && typeScriptName.test(name);
}

/** Whether folders of this name, inside a version folder, are looked into. */
export function isRevisionFolderName(name: string): boolean {
  return !name.startsWith(".") && name !== "node_modules" && name !== "__pycache__";
}

/**
 * Whether a file of this name may lie among revisions without being one: a test. With a revision's header it is one all
 * the same, as where a file template puts a dot before the message "test".
 */
export function isTestFileName(name: string): boolean {
  return testName.test(name);
}

/** What a revision's file and the file of its tests have in common, by which one is found beside the other. */
export function testedStem(path: string): string {
  return path.replace(/(?:\.test)?\.(?:[cm]?[jt]s|py)$/, "");
}

/** Whether a file is named as the tests of a revision are: `<revision file>.test.ts`. */
export function isRevisionTestName(name: string): boolean {
  return revisionTestName.test(name);
}

/** Whether a file at this path, relative to its version folder and with `/` between folders, may be a revision. */
export function isRevisionPath(path: string): boolean {
  const folders = path.split("/");
  const name = folders.pop() ?? "";
  return folders.every(isRevisionFolderName) && isRevisionFileName(name);
}
