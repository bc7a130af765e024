import { columnMakers } from "./column/columnMakers";
import { constraintMakers } from "./constraint/constraintMakers";
import { indexMakers } from "./index/indexMakers";
import type { MakeContext, MakerName, Makers } from "./makers";
import { policyMakers } from "./policy/policyMakers";
import { routineMakers } from "./routine/routineMakers";
import { rowMakers } from "./rows/rowMakers";
import { schemaMakers } from "./schema/schemaMakers";
import { sequenceMakers } from "./sequence/sequenceMakers";
import { tableMakers } from "./table/tableMakers";
import { typeMakers } from "./type/typeMakers";
import { viewMakers } from "./view/viewMakers";

/** For each method of `op`, the record that it makes of its arguments. */
export function operationMakers(context: MakeContext): Makers<MakerName> {
  return {
    ...tableMakers(context),
    ...columnMakers(context),
    ...indexMakers(context),
    ...constraintMakers(context),
    ...rowMakers,
    ...typeMakers,
    ...viewMakers,
    ...sequenceMakers,
    ...routineMakers,
    ...policyMakers,
    ...schemaMakers,
  };
}
