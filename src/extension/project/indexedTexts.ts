import { hasFindings } from "../../source/chainDiagnostics";
import type { ParserFindings } from "../../source/fileProblem";
import { RevisionIndex } from "../../source/revisionIndex";
import { scanHeader } from "../../source/scanHeader";
import { parseWithParser } from "./parser";

/** The parser takes a tenth of a second for so many characters; what the scan tells of a longer text must do. */
export const longestParsed = 500_000;

/** What is known of a project's revision files by their texts, on disk or in an editor. */
export class IndexedTexts {
  readonly index = new RevisionIndex();
  private readonly findingsByPath = new Map<string, ParserFindings>();

  /** What the parser found in open files, by path. */
  get findings(): ReadonlyMap<string, ParserFindings> {
    return this.findingsByPath;
  }

  /** Takes over a file's text; true where something about it is another than before. */
  set(path: string, text: string, isOpen: boolean): boolean {
    const known = this.index.file(path);
    if (known?.text === text && !isOpen) {
      return false;
    }
    const scan = scanHeader(text, path);
    const isParsedWhenOpen = isOpen && scan.kind !== "not-a-revision" && !path.endsWith(".py");
    const needsParser = isParsedWhenOpen || scan.kind === "ambiguous";
    return needsParser ? this.parse(path, text, isOpen) : this.index.setFile(path, text, scan);
  }

  /** The parser's view of a file: it settles what the scan can't, and finds what is wrong in an open one. */
  parse(path: string, text: string, isOpen: boolean): boolean {
    if (path.endsWith(".py")) {
      const { syntaxProblems: _none, ...scan } = parseWithParser(text, path);
      return this.index.setFile(path, text, scan);
    }
    const { syntaxProblems, caughtOperations = [], ...scan } = parseWithParser(text, path);
    const findings = { syntaxProblems, caughtOperations };
    const hadFindings = this.forgetFindings(path);
    if (isOpen) {
      this.findingsByPath.set(path, findings);
    }
    return this.index.setFile(path, text, scan) || hadFindings || (isOpen && hasFindings(findings));
  }

  delete(path: string): boolean {
    const hadFindings = this.forgetFindings(path);
    return this.index.deleteFile(path) || hadFindings;
  }

  /** Gives true where the parser had found a problem. */
  forgetFindings(path: string): boolean {
    const known = this.findingsByPath.get(path);
    this.findingsByPath.delete(path);
    return known !== undefined && hasFindings(known);
  }

  clearFindings(): void {
    this.findingsByPath.clear();
  }
}
