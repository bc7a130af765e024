/** A program that installs packages. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** Files by which a project's package manager is known. */
export const lockFiles: ReadonlyMap<string, PackageManager> = new Map<string, PackageManager>([
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
]);

/**
 * The package manager of a project: that of the nearest lock file, else the one that the nearest `package.json` names as
 * its `packageManager`, else npm.
 * @param folders from the project's folder upward: the names of each one's files, and the text of its `package.json`
 */
export function packageManagerOf(
  folders: readonly { readonly names: readonly string[]; readonly packageJson: string | undefined }[],
): PackageManager {
  for (const { names, packageJson } of folders) {
    const named = namedManager(packageJson);
    const locked = [...lockFiles].find(([name]) => names.includes(name))?.[1];
    const manager = locked ?? named;
    if (manager !== undefined) {
      return manager;
    }
  }
  return "npm";
}

function namedManager(packageJson: string | undefined): PackageManager | undefined {
  const name = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@/.exec(packageJson ?? "")?.[1];
  return name === undefined ? undefined : (name as PackageManager);
}

/** The words of the command that adds a package for development. */
export function installWords(manager: PackageManager, name: string): readonly [string, ...string[]] {
  switch (manager) {
    case "npm":
      return ["npm", "install", "--save-dev", name];
    case "pnpm":
      return ["pnpm", "add", "--save-dev", name];
    case "yarn":
      return ["yarn", "add", "--dev", name];
    case "bun":
      return ["bun", "add", "--dev", name];
  }
}
