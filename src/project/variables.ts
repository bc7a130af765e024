import { join } from "node:path";
import { parse } from "dotenv";
import { readRegularFile } from "./regularFile";

const largestFile = 1_000_000;

/** The environment's variables, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The given variables and those of the `.env` in a folder; where both have a name, the given value counts. */
export function readVariables(directory: string, variables: Variables): Variables {
  let text: string | undefined;
  try {
    text = readRegularFile(join(directory, ".env"), largestFile);
  } catch {
    return variables;
  }
  return { ...parse(text ?? ""), ...variables };
}
