export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** White space and line ends beyond ASCII. */
export function isWideSpace(code: number): boolean {
  return (
    code > 127 &&
    (code === 0xa0 ||
      code === 0xfeff ||
      code === 0x2028 ||
      code === 0x2029 ||
      code === 0x1680 ||
      (code >= 0x2000 && code <= 0x200a) ||
      code === 0x202f ||
      code === 0x205f ||
      code === 0x3000)
  );
}

/** Whether a line break stands between these offsets. */
export function containsLineBreak(text: string, start: number, end: number): boolean {
  const part = text.slice(start, end);
  return part.includes("\n") || part.includes("\r");
}

/** The offset of the line break that ends this line, or the end of the text. */
export function lineEnd(text: string, position: number): number {
  for (let end = position; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === LINE_FEED || code === CARRIAGE_RETURN || code === 0x2028 || code === 0x2029) {
      return end;
    }
  }
  return text.length;
}

/** The offset behind the string that starts here, or -1 if its line or the text ends first. */
export function stringEnd(text: string, start: number, quote: number): number {
  const { length } = text;
  for (let position = start + 1; position < length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === quote) {
      return position + 1;
    }
    if (code === BACKSLASH) {
      position += text.startsWith("\r\n", position + 1) ? 2 : 1;
    } else if (code === LINE_FEED || code === CARRIAGE_RETURN) {
      return -1;
    }
  }
  return -1;
}

/** The offset behind the regular expression that starts here, or -1 if its line or the text ends first. */
export function regularExpressionEnd(text: string, start: number): number {
  let position = start + 1;
  let inClass = false;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === LINE_FEED || code === CARRIAGE_RETURN || Number.isNaN(code)) {
      return -1;
    }
    if (code === BACKSLASH) {
      position += 2;
      continue;
    }
    position += 1;
    if (code === OPEN_BRACKET) {
      inClass = true;
    } else if (code === CLOSE_BRACKET) {
      inClass = false;
    } else if (code === SLASH && !inClass) {
      return position;
    }
  }
}

/** The offset of the white space that ends here, which may be none. */
export function spaceStart(text: string, end: number): number {
  let start = end;
  while (start > 0) {
    const code = text.charCodeAt(start - 1);
    if (code > 0x20 && !isWideSpace(code)) {
      break;
    }
    start -= 1;
  }
  return start;
}
