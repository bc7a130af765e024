import assert from "node:assert/strict";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { scanHeader } from "../../../src/source/scanHeader";
import { corpusFiles } from "./corpus";
import { assertGolden } from "./golden";
import { viewScan } from "./scanView";

describe("odd revision files", () => {
  for (const { path, text } of corpusFiles()) {
    it(`${path} is read as recorded`, () => {
      const scan = scanHeader(text, path);
      const view: Record<string, unknown> = { scan: viewScan(text, scan) };
      const { syntaxProblems, ...header } = parseRevisionFile(text, path);
      view["parsed"] = JSON.stringify(header) === JSON.stringify(scan) ? "the same" : viewScan(text, header);
      view["syntaxProblems"] = syntaxProblems.map(({ message, range }) => ({
        message,
        at: text.slice(range.start, range.end),
      }));
      assertGolden(`corpus/${path}.json`, `${JSON.stringify(view, undefined, 2)}\n`);
    });

    if (scanHeader(text, path).kind !== "ambiguous") {
      it(`${path}: what the scan decides, the parser decides alike`, () => {
        const { syntaxProblems, ...parsed } = parseRevisionFile(text, path);
        assert.deepEqual(scanHeader(text, path), parsed);
        assert.equal(syntaxProblems.length <= 1, true);
      });
    }
  }
});
