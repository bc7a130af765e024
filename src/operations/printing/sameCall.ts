import { kindOf } from "../kinds";
import type { MakerName, Makers } from "../makers";
import type { NamingConvention } from "../namingConvention";
import type { Operation } from "../operation";
import { operationMakers } from "../operationMakers";
import type { OperationCall } from "./printedCall";
import { FinalNameCode } from "./toExpression";

/** The call for an operation; `op.invoke` of the record itself where no call makes just that record. */
export function sameCall(
  operation: Operation,
  namingConvention: NamingConvention | undefined,
): OperationCall {
  const makers = operationMakers({ namingConvention });
  const candidates = kindOf(operation).calls(operation, namingConvention);
  const same = candidates.find((call) => makesRecord(makers, call, operation));
  return same ?? { method: "invoke", input: [operation] };
}

function makesRecord(makers: Makers<MakerName>, call: OperationCall, operation: Operation): boolean {
  const make = makers[call.method as MakerName] as ((...input: readonly unknown[]) => Operation) | undefined;
  return make !== undefined && makesSame(() => make(...call.input.map(evaluated)), operation);
}

/** Whether what is made is the same record, whatever the order of its properties. */
export function makesSame(made: () => unknown, record: unknown): boolean {
  try {
    return sortedJson(made()) === sortedJson(record);
  } catch {
    return false;
  }
}

/** The arguments of a printed call as values: `op.f("name")` is what it gives, and what is not said is not there. */
export function evaluated(value: unknown): unknown {
  if (value instanceof FinalNameCode) {
    return { kind: "finalName", name: value.name };
  }
  if (Array.isArray(value)) {
    return value.map(evaluated);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, part]: [string, unknown]) =>
        part === undefined ? [] : [[key, evaluated(part)]],
      ),
    );
  }
  return value;
}

/** Records are equal whatever the order of their properties; the order of JSON values is theirs. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.entries(part).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
      : part,
  );
}
