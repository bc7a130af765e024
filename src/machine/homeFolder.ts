import { homedir, userInfo } from "node:os";
import { isAbsolute } from "node:path";

/**
 * The home of the user; undefined where there is none, as of a user that the system does not know: then Node throws instead
 * of an answer.
 */
export function homeFolder(): string | undefined {
  return absolute(homedir) ?? absolute(() => userInfo().homedir);
}

function absolute(ask: () => string): string | undefined {
  try {
    const path = ask();
    return isAbsolute(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
