import { createRequire } from "node:module";

/**
 * The file that a class of the project comes from, among the modules that were loaded: one that a DataSource lists itself
 * has no other trace of it. Undefined for an ES module, and for a class that its file does not export.
 * @param from the DataSource's file
 */
export function fileOfClass(value: unknown, from: string): string | undefined {
  for (const [path, module] of Object.entries(createRequire(from).cache)) {
    if (!/[\\/]node_modules[\\/]/.test(path) && exportsItself(module?.exports, value)) {
      return path;
    }
  }
  return undefined;
}

/** A module may hand on what another one exports, as a getter: it is the other's. */
function exportsItself(exports: unknown, value: unknown): boolean {
  if (typeof exports !== "object" || exports === null) {
    return exports === value;
  }
  return Object.values(Object.getOwnPropertyDescriptors(exports)).some(
    (property) => "value" in property && property.value === value,
  );
}
