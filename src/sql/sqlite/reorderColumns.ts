import { OperationError } from "../../operations/operationError";
import { foldName } from "./tokens";

/**
 * Columns in the order that the lists ask for, and in their own as far as the lists leave it open (Alembic,
 * `partial_reordering`).
 *
 * @throws OperationError for an unknown column, or lists that contradict each other
 */
export function reorderColumns<Column extends { readonly name: string }>(
  table: string,
  columns: readonly Column[],
  lists: readonly (readonly string[])[],
): readonly Column[] {
  const known = new Set(columns.map(({ name }) => foldName(name)));
  const unknown = lists.flat().find((name) => !known.has(foldName(name)));
  if (unknown !== undefined) {
    throw new OperationError(
      "invalid-argument",
      `partialReordering names "${unknown}", which "${table}" doesn't have.`,
    );
  }
  const pairs = lists.flatMap((list) =>
    list.slice(1).map((name, index) => [foldName(list[index] ?? ""), foldName(name)] as const),
  );
  const ordered: Column[] = [];
  let waiting = columns;
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => foldName(name)));
    const isFree = ({ name }: Column): boolean =>
      !pairs.some(([before, after]) => after === foldName(name) && names.has(before));
    const free = waiting.filter(isFree);
    if (free.length === 0) {
      throw new OperationError(
        "invalid-argument",
        `The lists of partialReordering for "${table}" contradict each other.`,
      );
    }
    ordered.push(...free);
    waiting = waiting.filter((column) => !free.includes(column));
  }
  return ordered;
}
