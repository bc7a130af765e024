/** A span of time for people: `6 s`, `3 min`, `5 h`, `2 days`. */
export function describeDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120) {
    return `${String(whole)} s`;
  }
  if (whole < 2 * 3600) {
    return `${String(Math.round(whole / 60))} min`;
  }
  return whole < 48 * 3600
    ? `${String(Math.round(whole / 3600))} h`
    : `${String(Math.round(whole / 86_400))} days`;
}
