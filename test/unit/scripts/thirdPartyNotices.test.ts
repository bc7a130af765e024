import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

interface Notices {
  bundledPackages(metafiles: readonly { readonly inputs: object }[]): string[];
  thirdPartyNotices(folders: readonly string[], more?: readonly string[]): string;
}

const licence = `Copyright (c) Somebody\n\n${"Permission is granted to all who pass this on. ".repeat(10).trim()}`;

describe("third-party notices", () => {
  let folder: string;
  let notices: Notices;
  before(async () => {
    notices = await import("../../../scripts/thirdPartyNotices.mjs");
  });
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "alembic-ts-notices-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function install(files: Readonly<Record<string, string>>): string {
    const manifest = JSON.stringify({ name: "left", version: "1.2.3", license: "MIT" });
    for (const [name, text] of Object.entries({ "package.json": manifest, ...files })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }

  it("finds every package that a bundle holds parts of, also one within another", () => {
    const inputs = [
      "src/a.ts",
      "node_modules/pg/lib/index.js",
      "node_modules/pg/lib/client.js",
      "node_modules/pg/node_modules/@x/y/index.js",
      "node_modules/@babel/parser/lib/index.js",
    ];
    assert.deepEqual(
      notices.bundledPackages([{ inputs: Object.fromEntries(inputs.map((name) => [name, {}])) }]),
      ["node_modules/@babel/parser", "node_modules/pg", "node_modules/pg/node_modules/@x/y"],
    );
  });

  for (const [where, files] of [
    ["a file of its own", { "license.md": `${licence}\n` }],
    [
      "its README, between others",
      { "README.md": `# left\n\n## License\n\n${licence}\n\n## More\n\nText.\n` },
    ],
    ["its README, at the end", { "Readme.md": `# left\r\n\r\n# Licence\r\n\r\n${licence}\r\n` }],
  ] as const) {
    it(`pass on the licence that a package has in ${where}`, () => {
      assert.equal(
        notices.thirdPartyNotices([install(files)]).split(/\n\n-{80}\n\n/)[1],
        `left 1.2.3 (MIT)\n\n${licence}\n`,
      );
    });
  }

  for (const [what, files] of [
    ["nothing", {}],
    ["the name of one", { "README.md": "# left\n\n## License\n\nMIT, copyright by all.\n" }],
  ] as const) {
    it(`are not made for a package that has ${what} for a licence`, () => {
      assert.throws(
        () => notices.thirdPartyNotices([install(files)]),
        /^Error: left 1\.2\.3 is in a bundle and has no text/,
      );
    });
  }
});
