import { execFileSync } from "node:child_process";

/** Who commits; nobody's settings count. */
const variables = {
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

/** Runs Git in a folder, and gives what it prints. */
export function gitIn(folder: string): (...words: readonly string[]) => string {
  const env = { ...process.env, ...variables };
  return (...words) => execFileSync("git", words, { cwd: folder, env, encoding: "utf8", stdio: "pipe" });
}
