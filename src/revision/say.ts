/** Makes a sentence of a text with `{0}`, `{1}`, …; an editor gives it in its own language. */
export type Say = (text: string, ...values: (string | number)[]) => string;

/** The sentence as it is written, in English. */
export const inEnglish: Say = (text, ...values) =>
  text.replaceAll(/\{(\d)\}/g, (mark, index) => String(values[Number(index)] ?? mark));
