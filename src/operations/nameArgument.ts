import { changesGivenNames } from "./namingConvention";
import type { NamedKind, NamingConvention } from "./namingConvention";
import { FinalNameCode } from "./toExpression";

/** A final name as it has to be written: plain, or as `op.f(…)` where the convention would change a plain one. */
export function nameArgument(
  name: string,
  kind: NamedKind,
  convention: NamingConvention | undefined,
): string | FinalNameCode {
  return changesGivenNames(convention, kind) ? new FinalNameCode(name) : name;
}
