import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type * as ReleaseTexts from "../../../scripts/releaseTexts.mjs" with { "resolution-mode": "import" };

const repository = join(__dirname, "../../..");

const changelog = `# Changelog

All notable changes to this project are listed here.

## 0.1.0 (2026-11-30)

### Added

- The first one.
`;

const alone = [{ name: "alembic-ts" }];

describe("the texts of a release", () => {
  let texts: typeof ReleaseTexts;
  before(async () => {
    texts = await import("../../../scripts/releaseTexts.mjs");
  });

  it("has a section for each heading of Keep a Changelog, below what all versions have in common", () => {
    const changesets = [
      { id: "a", summary: "Fixed: A fault.\nIts second line.\n\nIts second paragraph.", releases: alone },
      { id: "b", summary: "Added: A command.\n", releases: alone },
      { id: "n", summary: "", releases: [] },
      { id: "c", summary: "Fixed: Another fault.", releases: alone },
    ];
    const written = texts.changelogWith(changelog, { version: "0.2.0", date: "2026-12-24", changesets });
    assert.equal(
      written,
      changelog.replace(
        "## 0.1.0",
        `## 0.2.0 (2026-12-24)

### Added

- A command.

### Fixed

- A fault.
  Its second line.

  Its second paragraph.
- Another fault.

## 0.1.0`,
      ),
    );
  });

  it("refuses a changeset without heading, or without text", () => {
    for (const summary of ["A command.", "News: A command.", "Added:", ""]) {
      assert.throws(() => texts.changelogEntry({ id: "tall-hats-sing", summary }), {
        message: new RegExp(
          `^\\.changeset/tall-hats-sing\\.md has to begin with one of Added, .*"${summary}"$`,
        ),
      });
    }
  });

  it("knows the next version, and refuses one that the marketplaces do not take", () => {
    const plan = (newVersion: string) => ({
      changesets: [
        { id: "a", summary: "Fixed: A fault.", releases: alone },
        { id: "b", summary: "", releases: [] },
      ],
      releases: [{ newVersion }],
    });
    assert.equal(texts.nextVersion(plan("0.2.0")), "0.2.0");
    assert.equal(texts.nextVersion({ changesets: [], releases: [] }), undefined);
    assert.throws(() => texts.nextVersion(plan("0.2.0-beta.0")), {
      message: "The marketplaces take no version as 0.2.0-beta.0: leave with `changeset pre exit`.",
    });
    const summaries = [{ id: "a", summary: "A fault.", releases: alone }];
    assert.throws(
      () => texts.nextVersion({ changesets: summaries, releases: [] }),
      /has to begin with one of/,
    );
  });

  it("refuses a changelog that has no version to stand above", () => {
    assert.throws(
      () => texts.changelogWith("# Changelog\n", { version: "0.2.0", date: "2026-12-24", changesets: [] }),
      { message: "CHANGELOG.md has no section of a version, as `## 1.2.3 (2026-01-31)`." },
    );
  });

  it("gives the first release its date", () => {
    const unreleased = changelog.replace("2026-11-30", "unreleased");
    assert.equal(texts.unreleasedVersion(unreleased), "0.1.0");
    assert.equal(texts.unreleasedVersion(changelog), undefined);
    assert.equal(texts.datedChangelog(unreleased, { version: "0.1.0", date: "2026-11-30" }), changelog);
  });

  it("takes the notes of a release from its section", () => {
    const two = texts.changelogWith(changelog, {
      version: "0.2.0",
      date: "2026-12-24",
      changesets: [{ id: "a", summary: "Fixed: A fault.", releases: alone }],
    });
    assert.equal(texts.releaseNotes(two, "0.2.0"), "### Fixed\n\n- A fault.\n");
    assert.equal(texts.releaseNotes(two, "0.1.0"), "### Added\n\n- The first one.\n");
    for (const [text, version] of [
      [two, "0.3.0"],
      [changelog.replace("2026-11-30", "unreleased"), "0.1.0"],
    ] as const) {
      assert.throws(() => texts.releaseNotes(text, version), {
        message: `CHANGELOG.md has no section of ${version} with a date: npm run release:version writes it.`,
      });
    }
  });

  it("reads this repository's changelog and changesets", () => {
    const own = readFileSync(join(repository, "CHANGELOG.md"), "utf8");
    const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      readonly version: string;
    };
    assert.ok([undefined, version].includes(texts.unreleasedVersion(own)));
    for (const name of readdirSync(join(repository, ".changeset"))) {
      if (name.endsWith(".md") && name !== "README.md") {
        const text = readFileSync(join(repository, ".changeset", name), "utf8");
        const [, releases = "", summary = ""] = /^---\n([^]*?)---\n([^]*)$/.exec(text) ?? [];
        assert.ok(releases === "" || texts.changelogEntry({ id: name.slice(0, -3), summary }).text !== "");
      }
    }
  });
});
