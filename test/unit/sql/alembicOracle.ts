import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderOperation } from "../../../src/sql/renderOperation";
import type { Statement } from "../../../src/sql/renderOperation";
import { recordOperations } from "../operations/recordOperations";
import type { Counterpart } from "./alembicCounterparts";

/** A call of the real Alembic with the SQL that it wrote, or its error. */
export interface AlembicCase {
  readonly call: string;
  readonly sql?: readonly string[];
  readonly error?: { readonly class: string; readonly message: string };
}

export function readAlembicCases(): readonly AlembicCase[] {
  const path = join(__dirname, "..", "..", "oracle", "operation-sql.json");
  return (JSON.parse(readFileSync(path, "utf8")) as { readonly cases: readonly AlembicCase[] }).cases;
}

/** What our way of writing a recorded call gives, as a script. */
export async function renderCounterpart({
  call,
  namingConvention,
}: Counterpart): Promise<readonly Statement[]> {
  const operations = await recordOperations(call, namingConvention === undefined ? {} : { namingConvention });
  return operations.flatMap((operation) => renderOperation(operation, "postgresql", { offline: true }));
}
