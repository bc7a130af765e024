import { alterationMakers } from "./alterationMakers";
import type { MakeContext } from "./makeConstraint";
import type { MakerName, Makers } from "./makers";
import { objectMakers } from "./objectMakers";
import { tableMakers } from "./tableMakers";

/** For each method of `op`, the record that it makes of its arguments. */
export function operationMakers(context: MakeContext): Makers<MakerName> {
  return { ...tableMakers(context), ...alterationMakers(context), ...objectMakers() };
}
