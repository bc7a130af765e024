import { realPathOf } from "../machine/spelling";
import { findPosition, type CallSite, type SourcePosition } from "../operations/callSite";

/**
 * The first place of a stack that is in a file. A file runs by its real path, so that is looked for too where the file
 * lies in a linked folder; the place has the path that was asked for.
 */
export function placeInFile(site: CallSite, path: string): SourcePosition | undefined {
  const paths = [path, realPathOf(path)];
  const position = findPosition(site, (candidate) => paths.includes(candidate));
  return position && { ...position, path };
}
