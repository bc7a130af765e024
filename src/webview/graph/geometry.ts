/** Pixels; the style sheet has the same number. */
export const rowHeight = 28;

const laneWidth = 18;
const margin = 16;

/** The middle of a lane. */
export function laneX(lane: number): number {
  return margin + lane * laneWidth;
}

/** How wide the drawing is; beyond this many lanes it scrolls no further, and rows cover the rest. */
export function drawingWidth(laneCount: number): number {
  return laneX(Math.min(Math.max(laneCount, 1), 30)) + margin / 2;
}

/** The rows that a viewport shows, with some around them so that scrolling finds them drawn. */
export function visibleRows(
  scrollTop: number,
  height: number,
  rowCount: number,
): { readonly start: number; readonly end: number } {
  const around = 20;
  const first = Math.floor(scrollTop / rowHeight);
  const last = Math.ceil((scrollTop + height) / rowHeight);
  return { start: Math.max(0, first - around), end: Math.min(rowCount, last + around) };
}
