/** The two ends of `from:to` as `--sql` takes it; undefined where the text has no colon. */
export function parseRange(
  _text: string,
): { readonly from: string | undefined; readonly to: string } | undefined {
  throw new Error("not written yet");
}
