/**
 * What the release needs of changesets (`.changeset/`), in the folder that it is started in:
 *
 * - `npm run release:version`: the next version, in package.json and wherever it is named, and its section of CHANGELOG.md;
 * - `npm run release:check`: fails where a change for users has no changeset, or one has no heading;
 * - `npm run release:notes`: prints what CHANGELOG.md says of the version; fails where that has no date.
 *
 * changesets itself writes no changelog, because it knows "Minor Changes", and not the headings of Keep a Changelog. It does not
 * publish either: it would send this folder, and not what `npm run package` makes for npm and for the marketplaces.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import getReleasePlan from "@changesets/get-release-plan";
import { format } from "prettier";
import {
  changelogWith,
  datedChangelog,
  lockWithVersion,
  nextVersion,
  releaseNotes,
  textWithVersion,
  unreleasedVersion,
} from "./releaseTexts.mjs";
import { runProcess } from "./runProcess.mjs";

const root = process.cwd();
const changesets = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");

const read = (file) => readFileSync(file, "utf8");

function change(file, edit) {
  writeFileSync(file, edit(read(file)));
}

/** Formatted, as the check of the pull request wants it. */
async function changeChangelog(edit) {
  const written = edit(read("CHANGELOG.md"));
  writeFileSync("CHANGELOG.md", await format(written, { parser: "markdown", printWidth: 110 }));
}

async function runChangesets(...args) {
  const { code } = await runProcess(process.execPath, [changesets, ...args], { cwd: root });
  if (code !== 0) {
    throw new Error(`changeset ${args.join(" ")} ended with exit code ${code}.`);
  }
}

const currentVersion = () => JSON.parse(read("package.json")).version;

/** The changesets that there are, and the version that they lead to. */
async function nextRelease() {
  const plan = await getReleasePlan(root);
  return {
    changesets: plan.changesets.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    version: nextVersion(plan),
  };
}

/** Files that name the version for their readers. */
async function namingFiles() {
  const places = ["README.md", "docs/start", "skills", ":(glob)examples/**/package.json"];
  const { code, output } = await runProcess("git", ["ls-files", "-z", "--", ...places], {
    cwd: root,
    capture: true,
  });
  if (code !== 0) {
    throw new Error(`git ls-files ended with exit code ${code}: ${output}`);
  }
  return output.split("\0").filter((file) => file !== "");
}

async function writeVersion() {
  const date = new Date().toISOString().slice(0, 10);
  const { changesets: found, version } = await nextRelease();
  const unreleased = unreleasedVersion(read("CHANGELOG.md"));
  if (unreleased !== undefined) {
    if (found.length > 0) {
      throw new Error(
        `${unreleased} is not released yet: write into its section of CHANGELOG.md, not into .changeset/.`,
      );
    }
    await changeChangelog((text) => datedChangelog(text, { version: unreleased, date }));
    return;
  }
  if (version === undefined) {
    console.log("There is nothing to release: .changeset/ has no change.");
    return;
  }
  const from = currentVersion();
  await runChangesets("version");
  await changeChangelog((text) => changelogWith(text, { version, date, changesets: found }));
  change("package-lock.json", (text) => lockWithVersion(text, version));
  for (const file of await namingFiles()) {
    change(file, (text) => textWithVersion(text, { from, to: version }));
  }
}

async function check() {
  await nextRelease();
  const unreleased = unreleasedVersion(read("CHANGELOG.md"));
  if (unreleased !== undefined) {
    console.log(`${unreleased} is not released yet, so CHANGELOG.md has its changes.`);
    return;
  }
  await runChangesets("status", "--since=origin/main");
}

const actions = {
  version: writeVersion,
  check,
  notes: () => {
    process.stdout.write(releaseNotes(read("CHANGELOG.md"), currentVersion()));
  },
};

const action = actions[process.argv[2]];
if (action === undefined) {
  throw new Error(`node scripts/release.mjs takes one of: ${Object.keys(actions).join(", ")}`);
}
await action();
