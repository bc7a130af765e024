/** A part of `npm test`. */
export interface Runner {
  readonly name: string;
}

export const runners: readonly Runner[];
/** Those that `--only` takes. */
export const namedRunners: readonly Runner[];
export const longRunners: readonly Runner[];
