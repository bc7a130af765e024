/** `import()`, from a file that Node itself has compiled. */
export function importModule(name: string): Promise<unknown> {
  return import(name);
}
