import { join } from "node:path";
import { parse } from "dotenv";
import { ConfigError } from "./errors";
import { readRegularFile } from "../machine/regularFile";
import { requireUtf8 } from "./requireUtf8";

const largestFile = 1_000_000;

/** The environment's variables, as `process.env` has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The given variables and those of the `.env` in a folder; where both have a name, the given value counts. */
export function readVariables(directory: string, variables: Variables): Variables {
  const path = join(directory, ".env");
  let text: string | undefined;
  try {
    text = readRegularFile(path, largestFile);
  } catch {
    return variables;
  }
  requireUtf8(
    path,
    text ?? "",
    (message, hint) => new ConfigError("config-unreadable", message, { file: path, hint }),
  );
  return { ...parse(text ?? ""), ...variables };
}
