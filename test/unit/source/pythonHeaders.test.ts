import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "recheck";
import { readScriptDirectory } from "../../../src/project/scriptDirectory";
import { headPatterns, scanWrittenPythonRevision } from "../../../src/source/python/writtenPythonHead";
import { parseRevisionFile } from "../../../src/source/parseRevisionFile";
import { toRevision } from "../../../src/source/header";
import { scanHeader } from "../../../src/source/scanHeader";

interface RecordedCase {
  readonly name: string;
  readonly file: string;
  readonly text?: string;
  readonly base64?: string;
  readonly fails?: string;
  readonly header?: {
    readonly revision: string;
    readonly downRevision: readonly string[];
    readonly branchLabels: readonly string[];
    readonly dependsOn: readonly string[];
    readonly doc: string;
    readonly summary: string;
  };
}

const { cases } = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "oracle", "python", "headers.json"), "utf8"),
) as { readonly cases: readonly RecordedCase[] };

describe("the header of a Python revision is what Alembic reads", () => {
  let scriptLocation = "";
  let versions = "";

  beforeEach(() => {
    scriptLocation = mkdtempSync(join(tmpdir(), "alembic-python-"));
    versions = join(scriptLocation, "versions");
    mkdirSync(versions);
  });

  afterEach(() => rmSync(scriptLocation, { recursive: true, force: true }));

  for (const { name, file, text, base64, header } of cases) {
    it(name, async () => {
      writeFileSync(join(versions, file), text ?? Buffer.from(base64 ?? "", "base64"));
      const { graph, unknown } = await readScriptDirectory({
        scriptLocation,
        versionLocations: [versions],
        hasExplicitVersionLocations: false,
        recursiveVersionLocations: false,
      });
      const [read] = graph.revisions;
      assert.deepEqual(
        read && {
          revision: read.revision,
          downRevision: read.downRevisions,
          branchLabels: read.branchLabels.toSorted(),
          dependsOn: read.dependsOn,
          doc: read.doc,
          summary: read.doc.split("\n\n", 1)[0],
        },
        header,
      );
      if (header !== undefined) {
        assert.deepEqual(unknown, []);
      }
    });
  }

  for (const { name, file, text } of cases) {
    if (text !== undefined && scanHeader(text, file).kind !== "ambiguous") {
      it(`${name}: the quick reading says what the statements say`, () => {
        const { syntaxProblems: _none, ...parsed } = parseRevisionFile(text, file);
        assert.deepEqual(scanHeader(text, file), parsed);
      });
    }
  }

  for (const { name, file, text } of cases) {
    const written = text === undefined ? undefined : scanWrittenPythonRevision(text, file);
    if (text !== undefined && written !== undefined) {
      it(`${name}: the quickest reading says what the statements say`, () => {
        const parsed = parseRevisionFile(text, file);
        assert.ok(parsed.kind === "revision");
        assert.deepEqual(written, toRevision(parsed.header, file));
      });
    }
  }

  it("is read the quickest way where it is as Alembic's templates write it", () => {
    const quick = cases.filter(
      ({ text, file }) => text !== undefined && scanWrittenPythonRevision(text, file) !== undefined,
    );
    const names = new Set(quick.map(({ name }) => name));
    for (const template of [
      "generic 1.8",
      "generic 1.13",
      "black",
      "before 0.7",
      "merge",
      "labels",
      "no docstring",
    ]) {
      assert.ok(names.has(template), template);
    }
  });

  for (const { source, flags } of headPatterns) {
    it(`is found in linear time, whatever a file holds: ${source.slice(0, 20)}`, async function () {
      this.timeout(200_000);
      // The tool measures what it suspects, and a busy machine takes long for anything: then it looks again.
      let status = "";
      for (const timeout of [10_000, 30_000, 60_000]) {
        status = status === "safe" ? status : (await check(source, flags, { timeout })).status;
      }
      assert.equal(status, "safe");
    });
  }
});
