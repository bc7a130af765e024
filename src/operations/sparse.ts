/** `T` whose optional properties may also be there as `undefined`. */
export type Sparse<T> = {
  [Key in keyof T]: Record<never, never> extends Pick<T, Key> ? T[Key] | undefined : T[Key];
};

/** The record without the properties that are `undefined`, so that records compare and print as they are meant. */
export function present<T extends object>(sparse: Sparse<T>): T {
  return Object.fromEntries(Object.entries(sparse).filter(([, value]) => value !== undefined)) as T;
}

/** A flag as records keep it: there and true, or absent. */
export function flag(value: boolean | undefined): true | undefined {
  return value === true ? true : undefined;
}
