import { getSystemErrorMap } from "node:util";

/** The codes of what no class of ours describes: a refusal of the operating system, and what was not expected. */
export type OtherErrorCode = "system-failure" | "internal-error";

/** A refusal of the operating system that names a file, in words. */
export interface SystemFailure {
  readonly message: string;
  readonly hint: string | undefined;
  readonly path: string;
}

const verbs: Readonly<Record<string, string>> = {
  open: "open",
  write: "write",
  mkdir: "create the folder",
  scandir: "list",
  rename: "rename",
  unlink: "remove",
  link: "link",
  symlink: "link",
};

const denied = "Run the command as a user who can write there, or change the permissions of the folder.";

const hints: Readonly<Record<string, string>> = {
  EACCES: denied,
  EPERM: denied,
  EROFS: "The disk is read-only. Use a project folder on another disk.",
  ENOSPC: "Free some space, and run the command again.",
  EDQUOT: "Free some space, and run the command again.",
  ENAMETOOLONG: "Use a shorter name.",
};

/** Undefined for an error that is none of the operating system's, or that names no file. */
export function systemFailureOf(error: unknown): SystemFailure | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const { code, errno, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined || errno === undefined || syscall === undefined || path === undefined) {
    return undefined;
  }
  const reason = getSystemErrorMap().get(errno)?.[1] ?? code;
  return { message: `Can't ${verbs[syscall] ?? syscall} ${path}: ${reason}.`, hint: hints[code], path };
}
