// What a release changes in texts: the changelog, and the files that name the version.

const headings = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/** The heading of a changelog's section of one version: its number, and its date or `unreleased`. */
const versionHeading = /^## (\d+\.\d+\.\d+) \(([^)]+)\)$/m;

/**
 * A changeset's text, as `Fixed: …`, by the heading that it goes under.
 *
 * @throws Error where it begins with no heading
 */
export function changelogEntry({ id, summary }) {
  const [, heading = "", text = ""] = /^(\w+): ?([^]*)$/.exec(summary.trim()) ?? [];
  if (!headings.includes(heading) || text.trim() === "") {
    throw new Error(
      `.changeset/${id}.md has to begin with one of ${headings.join(", ")}, a colon and a text: "${summary.split("\n")[0]}"`,
    );
  }
  return { heading, text: text.trim() };
}

/**
 * The version that changesets lead to; undefined where they lead to none.
 *
 * @throws Error where a changeset has no heading, or the marketplaces do not take the version
 */
export function nextVersion({ changesets, releases: [release] }) {
  changesets.filter(({ releases }) => releases.length > 0).forEach(changelogEntry);
  if (release !== undefined && !/^\d+\.\d+\.\d+$/.test(release.newVersion)) {
    throw new Error(
      `The marketplaces take no version as ${release.newVersion}: leave with \`changeset pre exit\`.`,
    );
  }
  return release?.newVersion;
}

/** The version whose section at the top of the changelog has no date yet. */
export function unreleasedVersion(changelog) {
  const [, version, date] = versionHeading.exec(changelog) ?? [];
  return date === "unreleased" ? version : undefined;
}

/** The changelog with the date of the version at its top. */
export function datedChangelog(changelog, { version, date }) {
  return changelog.replace(`## ${version} (unreleased)`, `## ${version} (${date})`);
}

/** The changelog with a section for a new version, above the last one. */
export function changelogWith(changelog, { version, date, changesets }) {
  const entries = changesets.filter(({ releases }) => releases.length > 0).map(changelogEntry);
  const sections = headings.flatMap((heading) => {
    const lines = entries
      .filter((entry) => entry.heading === heading)
      .map(({ text }) => `- ${text.replaceAll(/\n(?=.)/g, "\n  ")}`);
    return lines.length === 0 ? [] : [`### ${heading}\n\n${lines.join("\n")}\n`];
  });
  const section = [`## ${version} (${date})\n`, ...sections].join("\n");
  const last = changelog.search(versionHeading);
  if (last < 0) {
    throw new Error("CHANGELOG.md has no section of a version, as `## 1.2.3 (2026-01-31)`.");
  }
  return `${changelog.slice(0, last)}${section}\n${changelog.slice(last)}`;
}

/**
 * What the changelog says of a version, without the heading.
 *
 * @throws Error where the version has no section with a date
 */
export function releaseNotes(changelog, version) {
  const from = changelog.split(/^(?=## )/m).find((section) => section.startsWith(`## ${version} (`));
  if (from === undefined || unreleasedVersion(from) !== undefined) {
    throw new Error(
      `CHANGELOG.md has no section of ${version} with a date: npm run release:version writes it.`,
    );
  }
  return `${from.replace(/^.*\n+/, "").trimEnd()}\n`;
}

/** The lock file with the version of the package that it is beside. */
export function lockWithVersion(lock, version) {
  const parsed = JSON.parse(lock);
  const packages = { ...parsed.packages, "": { ...parsed.packages[""], version } };
  return `${JSON.stringify({ ...parsed, version, packages }, null, 2)}\n`;
}

/** A text that names the version for its readers, with the next one. */
export function textWithVersion(text, { from, to }) {
  return text
    .replaceAll(`alembic-ts ${from}`, `alembic-ts ${to}`)
    .replaceAll(`alembic-ts-${from}.vsix`, `alembic-ts-${to}.vsix`)
    .replaceAll(`/blob/v${from}/`, `/blob/v${to}/`)
    .replaceAll(`"alembic-ts": "^${from}"`, `"alembic-ts": "^${to}"`);
}
