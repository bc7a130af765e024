import { readFileSync } from "node:fs";

type Variables = Readonly<Record<string, string>>;

/**
 * The variables that the programs above this one were started with, nearest first: what they have set since does not count.
 * Ends with the first of which the system does not tell; on systems other than Linux it tells of none.
 */
export function* variablesAbove(): Generator<Variables> {
  let processId = process.ppid;
  while (processId > 1) {
    const variables = read(`/proc/${String(processId)}/environ`);
    const status = read(`/proc/${String(processId)}/stat`);
    if (variables === undefined || status === undefined) {
      return;
    }
    yield Object.fromEntries(
      variables.split("\0").map((entry) => {
        const end = entry.indexOf("=");
        return end < 0 ? [entry, ""] : [entry.slice(0, end), entry.slice(end + 1)];
      }),
    );
    // The fourth field; the name, the second, may hold blanks and brackets.
    processId = Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[1]);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
