import { suffixedName } from "../../sqlText/suffixedName";

/** A name for what steps aside until its own is free. */
export function asideName(name: string): string {
  return suffixedName(name, "__renamed");
}
