import { defaultUser, readServerUrl } from "../database/serverAddress";
import type { DatabaseTarget } from "../project/databaseTarget";
import { quoteIdentifier } from "../sql/quote";
import type { CommandContext } from "./commandContext";

/** What a session of one of the project's databases begins with, as far as its address tells. */
interface Beginning {
  readonly user: string;
  /** `-c name=value …` */
  readonly options: string;
}

/**
 * The schemas that a session of the project's databases searches for what is named without one, as a value of `search_path`: those of
 * the roles that connect, or what their URLs set, and then `public`. A schema that is not there is passed over, so it tells of a schema
 * that a revision creates. Nothing is connected.
 */
export async function searchedSchemas(context: Pick<CommandContext, "knownTargets">): Promise<string> {
  const beginnings = (await context.knownTargets()).flatMap((target) => beginningOf(target) ?? []);
  const entries = beginnings.flatMap(({ user, options }) =>
    (searchPathOf(options) ?? ['"$user"']).map((entry) => (isUser(entry) ? quoteIdentifier(user) : entry)),
  );
  return [...new Set(['"$user"', ...entries.filter((entry) => entry !== "public"), "public"])].join(", ");
}

function isUser(entry: string): boolean {
  return entry === '"$user"' || entry === "$user";
}

/** Undefined for a database that is not a server's. */
function beginningOf(target: DatabaseTarget): Beginning | undefined {
  switch (target.kind) {
    case "server":
      return beginningOfUrl(target.url);
    case "client": {
      const { connectionString, user, options } = target.options;
      const fromUrl = typeof connectionString === "string" ? beginningOfUrl(connectionString) : undefined;
      return {
        user: typeof user === "string" && user !== "" ? user : (fromUrl?.user ?? defaultUser()),
        options: typeof options === "string" ? options : (fromUrl?.options ?? ""),
      };
    }
    case "sqlite":
    case "embedded":
      return undefined;
  }
}

function beginningOfUrl(url: string): Beginning | undefined {
  try {
    const { user, parameters } = readServerUrl(url);
    return { user, options: parameters.get("options") ?? "" };
  } catch {
    return undefined;
  }
}

/** The entries of the `search_path` among the options of a session; undefined where they set none. */
function searchPathOf(options: string): readonly string[] | undefined {
  // A backslash stands before a blank that is part of a value.
  const setting = /(?:^|\s)(?:-c\s*|--)search[_-]path=((?:\\.|[^\s\\])*)/i.exec(options)?.[1];
  return setting
    ?.replaceAll(/\\(.)/g, "$1")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => /^(?:"[^"]+"|[\p{L}_$][\p{L}\p{N}_$]*)$/u.test(entry));
}
