import type { SourceLocation } from "../../run/migrationError";

/** A step that Alembic's log announces. */
export interface AnnouncedStep {
  readonly kind: "upgrade" | "downgrade" | "stamp";
  /** The revision whose function runs; for a stamp, the one that is recorded. Empty: base. */
  readonly revision: string;
}

const currentLine = /^([^\s,:]+)((?: \((?:head|effective head|branchpoint|mergepoint)\))*)$/;
const stepWords = /\bRunning (upgrade|downgrade|stamp_revision|stamp) /;

/** The revisions that `alembic current` lists, sorted; other lines are what the project's own code prints. */
export function parseCurrent(stdout: string): readonly string[] {
  const ids = stdout.split(/\r?\n/).flatMap((line) => {
    const match = currentLine.exec(line.trimEnd());
    return match?.[1] === undefined ? [] : [match[1]];
  });
  return [...new Set(ids)].sort();
}

/** The step that a line of Alembic's log announces. */
export function parseStep(line: string): AnnouncedStep | undefined {
  const match = stepWords.exec(line);
  const [from, to] = match === null ? [] : line.slice(match.index + match[0].length).split(" -> ", 2);
  if (from === undefined || to === undefined) {
    return undefined;
  }
  const reached = (to.split(", ", 1)[0] ?? "").trim();
  switch (match?.[1]) {
    case "upgrade":
      return { kind: "upgrade", revision: reached };
    case "downgrade":
      return { kind: "downgrade", revision: from.trim() };
    default:
      return { kind: "stamp", revision: reached };
  }
}

/** What a failed run says of its failure. */
export interface AlembicFailure {
  readonly message: string;
  readonly location: SourceLocation | undefined;
  readonly sql: string | undefined;
  /** The row of the version table that no revision has. */
  readonly row: string | undefined;
}

const unknownRevision = /Can't locate revision identified by '([^']*)'/;
const frame = /^ {2}File "(.+)", line (\d+), in /;

/**
 * The failure in Alembic's own words: what follows `FAILED:`, or the exception at the end of the traceback, with the last
 * place of the traceback that is one of the project's files.
 * @param isOwn whether a file is the project's
 */
export function parseFailure(output: string, isOwn: (path: string) => boolean): AlembicFailure {
  const lines = output.split(/\r?\n/);
  const refused = lines.findLast((line) => /^\s*FAILED: /.test(line));
  const begin = lines.lastIndexOf("Traceback (most recent call last):");
  const traceback = begin < 0 ? [] : lines.slice(begin + 1);
  const end = traceback.findIndex((line) => line !== "" && !line.startsWith(" "));
  const { sentence, sql } = partsOf(end < 0 ? "" : traceback.slice(end).join("\n"));
  const message = refused?.replace(/^\s*FAILED: /, "") ?? sentence;
  const last = lines.findLast((line) => line.trim() !== "") ?? "";
  return {
    message: message === "" ? last.trim() : message,
    location: lines
      .map((line) => frame.exec(line))
      .flatMap((match) =>
        match?.[1] !== undefined && isOwn(match[1])
          ? [{ path: match[1], line: Number(match[2]), column: 1 }]
          : [],
      )
      .at(-1),
    sql,
    row: unknownRevision.exec(output)?.[1],
  };
}

/** What SQLAlchemy's exceptions say, and after it the statement; its values are left out. */
function partsOf(exception: string): { readonly sentence: string; readonly sql: string | undefined } {
  const start = exception.indexOf("\n[SQL: ");
  const background = exception.indexOf("\n(Background on this error");
  if (start < 0) {
    return {
      sentence: sentenceOf(exception.slice(0, background < 0 ? undefined : background)),
      sql: undefined,
    };
  }
  const parameters = exception.indexOf("]\n[parameters: ", start);
  const [end] = [parameters, exception.indexOf("]\n(Background on", start)].filter((index) => index >= 0);
  return {
    sentence: sentenceOf(exception.slice(0, start)),
    sql: exception.slice(start + "\n[SQL: ".length, end).replace(end === undefined ? /\]\s*$/ : "", ""),
  };
}

/** Without the server's picture of the statement: a mark below a line says nothing where lines are joined. */
function sentenceOf(exception: string): string {
  return exception.replace(/\nLINE \d+: .*\n *\^ */, "").trim();
}
