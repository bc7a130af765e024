/** Whether the parser gives something, which it leaves out in two ways. */
export function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}

/** A part of the text; the parser's types leave open whether a node has its place, which all have. */
interface Placed {
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
}

/** Where a node begins in the text. */
export function startOf({ start }: Placed): number {
  return start ?? 0;
}

/** Where a node ends in the text. */
export function endOf({ end }: Placed): number {
  return end ?? 0;
}
