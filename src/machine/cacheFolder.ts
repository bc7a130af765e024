import { accessSync, constants, lstatSync, mkdirSync, realpathSync, statSync, type Stats } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { homeFolder } from "./homeFolder";

const folderByPlaces = new Map<string, string | undefined>();

/**
 * The folder of this user's own for what takes long to make anew: `alembic-ts` in `XDG_CACHE_HOME`, in the system's usual
 * place for caches, or else among the temporary files. It is made where it is not there yet. Undefined where none of them
 * can be written, or where somebody else can write into each: what lies in it is run as code.
 */
export function userCacheFolder(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const places = [...usualPlaces(environment), join(tmpdir(), `alembic-ts-${userIdentity()}`)];
  const key = places.join("\0");
  if (!folderByPlaces.has(key)) {
    folderByPlaces.set(
      key,
      places.find((place) => isUsable(place)),
    );
  }
  return folderByPlaces.get(key);
}

/** As the XDG specification has it, a path that is empty or relative counts as none. */
function usualPlaces(environment: NodeJS.ProcessEnv): readonly string[] {
  const named = absolute(environment["XDG_CACHE_HOME"]);
  const home = presentHome();
  const bases = [named, systemCache(environment, home)];
  return bases.flatMap((base) => (base === undefined ? [] : [join(base, "alembic-ts")]));
}

function systemCache(environment: NodeJS.ProcessEnv, home: string | undefined): string | undefined {
  if (process.platform === "win32") {
    return absolute(environment["LOCALAPPDATA"]) ?? (home && join(home, "AppData", "Local"));
  }
  return home && (process.platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache"));
}

function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

/** Undefined where it is not there: it is not for this program to make a home. */
function presentHome(): string | undefined {
  const home = homeFolder();
  try {
    return home !== undefined && statSync(home).isDirectory() ? home : undefined;
  } catch {
    return undefined;
  }
}

function userIdentity(): string {
  try {
    return typeof process.getuid === "function"
      ? String(process.getuid())
      : userInfo().username.replace(/[^\w.-]/g, "_");
  } catch {
    return "user";
  }
}

function isUsable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return isOwn(folder);
  } catch {
    return false;
  }
}

/**
 * Whether only this user, and the system's administrator, can change what lies in a folder, and what lies in its place.
 * Windows keeps the folders of a user from the others by itself.
 */
function isOwn(folder: string): boolean {
  const user = process.getuid?.();
  if (user === undefined) {
    return true;
  }
  const stats = lstatSync(folder);
  if (!stats.isDirectory() || stats.uid !== user || isWritableByOthers(stats, user)) {
    return false;
  }
  for (let current = dirname(realpathSync.native(folder)); ; current = dirname(current)) {
    const above = statSync(current);
    const isSticky = (above.mode & 0o1000) !== 0;
    if ((above.uid !== 0 && above.uid !== user) || (isWritableByOthers(above, user) && !isSticky)) {
      return false;
    }
    if (dirname(current) === current) {
      return true;
    }
  }
}

/** Where each user has a group of his own by the same number, what that group may write only he may. */
function isWritableByOthers({ mode, gid }: Stats, user: number): boolean {
  const isPrivateGroup = gid === user && process.getgid?.() === gid;
  return (mode & (isPrivateGroup ? 0o002 : 0o022)) !== 0;
}
