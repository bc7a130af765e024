interface Changeset {
  readonly id: string;
  readonly summary: string;
  /** Of which packages; of none where users notice nothing. */
  readonly releases: readonly object[];
}

interface Release {
  readonly version: string;
  readonly date: string;
}

export function changelogEntry(changeset: Pick<Changeset, "id" | "summary">): {
  readonly heading: string;
  readonly text: string;
};
export function nextVersion(plan: {
  readonly changesets: readonly Changeset[];
  readonly releases: readonly { readonly newVersion: string }[];
}): string | undefined;
export function unreleasedVersion(changelog: string): string | undefined;
export function datedChangelog(changelog: string, release: Release): string;
export function changelogWith(
  changelog: string,
  release: Release & { readonly changesets: readonly Changeset[] },
): string;
export function releaseNotes(changelog: string, version: string): string;
export function lockWithVersion(lock: string, version: string): string;
export function textWithVersion(
  text: string,
  versions: { readonly from: string; readonly to: string },
): string;
