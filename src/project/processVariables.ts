import type { Variables } from "./variables";

/** Names that this process has from a `.env`, not from whoever started it. */
const taken = new Set<string>();
let isFirst = true;
/** As it is before somebody observes what of it is read. */
const environment = process.env;

/**
 * Lets the project's own code see variables, as it does where the application reads its `.env`. A process that lives on
 * follows the files: what they said before is taken back.
 * @returns whether code that ran before has seen other values
 */
export function useVariables(variables: Variables): boolean {
  let isChanged = false;
  for (const name of [...taken]) {
    if (variables[name] === undefined) {
      taken.delete(name);
      delete environment[name];
      isChanged = true;
    }
  }
  for (const [name, value] of Object.entries(variables)) {
    const known = environment[name];
    if (value !== undefined && value !== known && (known === undefined || taken.has(name))) {
      taken.add(name);
      environment[name] = value;
      isChanged = true;
    }
  }
  const hasSeenOthers = isChanged && !isFirst;
  isFirst = false;
  return hasSeenOthers;
}
