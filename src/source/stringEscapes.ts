/** Decodes a JavaScript string or template body, given without its quotes; undefined for an escape that is not valid. */
export function decodeScriptString(body: string): string | undefined {
  return body.includes("\\") ? decode(body, decodeScriptEscape) : body;
}

/** Decodes a Python string body, given without prefix and quotes; undefined for an escape that is not valid. */
export function decodePythonString(body: string): string | undefined {
  return body.includes("\\") ? decode(body, decodePythonEscape) : body;
}

/** What a backslash and the characters after it stand for. */
export interface Escape {
  readonly value: string;
  /** Characters after the backslash. */
  readonly length: number;
}

const SHARED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["\n", ""],
]);

function decode(body: string, decodeEscape: (rest: string) => Escape | undefined): string | undefined {
  let result = "";
  let position = 0;
  for (;;) {
    const backslash = body.indexOf("\\", position);
    if (backslash < 0) {
      return result + body.slice(position);
    }
    const escape = decodeEscape(body.slice(backslash + 1, backslash + 12));
    if (escape === undefined) {
      return undefined;
    }
    result += body.slice(position, backslash) + escape.value;
    position = backslash + 1 + escape.length;
  }
}

function decodeScriptEscape(rest: string): Escape | undefined {
  const first = rest[0];
  if (first === undefined) {
    return undefined;
  }
  if (first === "\r") {
    return { value: "", length: rest[1] === "\n" ? 2 : 1 };
  }
  if (first === "\u2028" || first === "\u2029") {
    return { value: "", length: 1 };
  }
  if (first === "x") {
    return hexadecimal(rest, /^x([0-9a-f]{2})/i);
  }
  if (first === "u") {
    return hexadecimal(rest, /^u([0-9a-f]{4})/i) ?? hexadecimal(rest, /^u\{([0-9a-f]{1,7})\}/i);
  }
  if (/[0-9]/.test(first)) {
    return first === "0" && !/[0-9]/.test(rest[1] ?? "") ? { value: "\0", length: 1 } : undefined;
  }
  return shared(rest) ?? unescaped(rest);
}

/** The escape of Python whose backslash stands before `rest`; undefined for one that is not valid. */
export function decodePythonEscape(rest: string): Escape | undefined {
  const first = rest[0];
  switch (first) {
    case undefined:
    case "N":
      return undefined;
    case "a":
      return { value: "\x07", length: 1 };
    case "\r":
      return { value: "", length: rest[1] === "\n" ? 2 : 1 };
    case "x":
      return hexadecimal(rest, /^x([0-9a-f]{2})/i);
    case "u":
      return hexadecimal(rest, /^u([0-9a-f]{4})/i);
    case "U":
      return hexadecimal(rest, /^U([0-9a-f]{8})/i);
    default:
      return octal(rest) ?? shared(rest) ?? { value: `\\${first}`, length: 1 };
  }
}

function shared(rest: string): Escape | undefined {
  const value = SHARED_ESCAPES.get(rest.charAt(0));
  return value === undefined ? undefined : { value, length: 1 };
}

function unescaped(rest: string): Escape {
  const value = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return { value, length: value.length };
}

function hexadecimal(rest: string, pattern: RegExp): Escape | undefined {
  const match = pattern.exec(rest);
  const code = Number.parseInt(match?.[1] ?? "", 16);
  return match === null || code > 0x10ffff
    ? undefined
    : { value: String.fromCodePoint(code), length: match[0].length };
}

function octal(rest: string): Escape | undefined {
  const digits = /^[0-7]{1,3}/.exec(rest)?.[0];
  return digits === undefined
    ? undefined
    : { value: String.fromCodePoint(Number.parseInt(digits, 8)), length: digits.length };
}
