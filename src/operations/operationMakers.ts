import { alterationMakers } from "./alterationMakers";
import type { MakeContext } from "./makeConstraint";
import type { MakerName, Makers } from "./makers";
import { policyMakers } from "./policyMakers";
import { routineMakers } from "./routineMakers";
import { schemaMakers } from "./schemaMakers";
import { sequenceMakers } from "./sequenceMakers";
import { tableMakers } from "./tableMakers";
import { typeMakers } from "./typeMakers";
import { viewMakers } from "./viewMakers";

/** For each method of `op`, the record that it makes of its arguments. */
export function operationMakers(context: MakeContext): Makers<MakerName> {
  return {
    ...tableMakers(context),
    ...alterationMakers(context),
    ...typeMakers,
    ...viewMakers,
    ...sequenceMakers,
    ...routineMakers,
    ...policyMakers,
    ...schemaMakers,
  };
}
