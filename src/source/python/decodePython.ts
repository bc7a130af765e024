const declaration = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** Names that Python has and the Encoding Standard has not. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["utf8sig", "utf-8"],
  ["koi8r", "koi8-r"],
  ["koi8u", "koi8-u"],
  ["eucjp", "euc-jp"],
  ["euckr", "euc-kr"],
  ["shiftjis", "shift_jis"],
  ["sjis", "shift_jis"],
]);

/** The characters of Windows' page 1252 from 128 on; Node 20 decodes it as ISO 8859-1. */
const page1252 =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

/**
 * The text of a Python file by the encoding that its first two lines declare. Undefined: it is not in that encoding, or
 * in one that is not known here.
 */
export function decodePython(bytes: Uint8Array): string | undefined {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const declared = isMarked ? undefined : declaredEncoding(latin1(bytes.subarray(0, 1000)));
  if (declared === undefined) {
    return decode(bytes, "utf-8");
  }
  const key = declared.toLowerCase().replace(/[-_. ]/g, "");
  if (["latin1", "iso88591", "l1", "latin"].includes(key)) {
    return latin1(bytes);
  }
  if (key === "cp1252" || key === "windows1252") {
    return latin1(bytes).replace(
      /[\x80-\x9f]/g,
      (character) => page1252[character.charCodeAt(0) - 0x80] ?? "",
    );
  }
  const page = /^(?:cp|windows)(125\d|866|874|932|949|950)$/.exec(key)?.[1];
  const isoPart = /^(?:iso8859|latin)(\d+)$/.exec(key)?.[1];
  const name =
    page === undefined
      ? isoPart === undefined || key.startsWith("latin")
        ? (otherNames.get(key) ?? declared)
        : `iso-8859-${isoPart}`
      : page.startsWith("125") || page === "874"
        ? `windows-${page}`
        : `cp${page}`;
  return decode(bytes, name);
}

function declaredEncoding(beginning: string): string | undefined {
  const [first = "", second = ""] = beginning.split(/\r\n|\r|\n/, 2);
  const isBlank = /^[ \t\f]*(?:#.*)?$/.test(first);
  return declaration.exec(first)?.[1] ?? (isBlank ? declaration.exec(second)?.[1] : undefined);
}

function decode(bytes: Uint8Array, name: string): string | undefined {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** ISO 8859-1 itself, which the Encoding Standard takes for Windows' page 1252. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return text;
}
