import { RevisionError } from "./errors";

export interface CreateDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Seconds since 1970. */
  readonly epoch: number;
  /** Seconds that the clock is ahead of UTC; undefined for the machine's own time zone. */
  readonly offset?: number;
}

export interface FileNameRequest {
  /** Alembic's `file_template`: `%(rev)s_%(slug)s`, with `%(year)d` and so on. */
  readonly template: string;
  readonly revision: string;
  readonly message: string;
  readonly createDate: CreateDate;
  /** 0 means 40. */
  readonly truncateSlugLength: number;
  /** With its dot: `.ts`. */
  readonly extension: string;
}

const defaultSlugLength = 40;

/**
 * File name of a new revision, below the versions folder; may contain `/` where the template does. Throws a
 * RevisionError for a template that is not Alembic's (its configuration page, `file_template`).
 */
export function revisionFileName(request: FileNameRequest): string {
  const { template, revision, message, createDate, truncateSlugLength, extension } = request;
  const tokens = new Map<string, string | number>([
    ["rev", revision],
    ["slug", slugOf(message, truncateSlugLength || defaultSlugLength)],
    ...Object.entries(createDate),
  ]);
  return formatTemplate(template, tokens) + extension;
}

function slugOf(message: string, longest: number): string {
  const words = message.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const slug = [...words.join("_").toLowerCase()];
  if (slug.length <= longest) {
    return slug.join("");
  }
  const cut = slug.slice(0, longest).join("");
  const lastBreak = cut.lastIndexOf("_");
  return `${lastBreak < 0 ? cut : cut.slice(0, lastBreak)}_`;
}

const conversionPattern =
  /%(?:%|\((?<name>[^()]*)\)(?<flags>[0-]*)(?<width>(?:[1-9]\d*)?)(?:\.(?<precision>\d*))?(?<conversion>[a-zA-Z])|.?)/gsu;

/** Python's `%` with named values: flags `0` and `-`, width, precision, and the conversions s, d and i. */
function formatTemplate(template: string, tokens: ReadonlyMap<string, string | number>): string {
  const pieces: string[] = [];
  let end = 0;
  for (const match of template.matchAll(conversionPattern)) {
    pieces.push(template.slice(end, match.index), formatConversion(match[0], match.groups ?? {}, tokens));
    end = match.index + match[0].length;
  }
  return [...pieces, template.slice(end)].join("");
}

function formatConversion(
  text: string,
  { name, flags = "", width = "", precision, conversion = "" }: Readonly<Record<string, string | undefined>>,
  tokens: ReadonlyMap<string, string | number>,
): string {
  if (text === "%%") {
    return "%";
  }
  const value = name === undefined ? undefined : tokens.get(name);
  if (name !== undefined && value === undefined) {
    throw templateError(`'${name}' is not a token of file_template`, [...tokens.keys()]);
  }
  if (value === undefined || !isFormat(conversion, value)) {
    throw templateError(`'${text}' in file_template cannot be used`, [...tokens.keys()]);
  }
  return pad(convert(value, conversion, precision), flags, Number(width), conversion);
}

function isFormat(conversion: string, value: string | number): boolean {
  return conversion === "s" || (["d", "i"].includes(conversion) && typeof value === "number");
}

function convert(value: string | number, conversion: string, precision: string | undefined): string {
  if (precision === undefined) {
    return String(value);
  }
  return conversion === "s"
    ? String(value).slice(0, Number(precision))
    : String(value).padStart(Number(precision), "0");
}

function pad(text: string, flags: string, width: number, conversion: string): string {
  if (flags.includes("-")) {
    return text.padEnd(width);
  }
  return text.padStart(width, flags.includes("0") && conversion !== "s" ? "0" : " ");
}

function templateError(message: string, names: readonly string[]): RevisionError {
  return new RevisionError("unknown-template-token", message, {
    hint: `Tokens are ${names.map((name) => `%(${name})s`).join(", ")}; %% is a percent sign.`,
  });
}
