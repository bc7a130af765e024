const longest = 63;

function cutBytes(text: string, bytes: number): string {
  const encoder = new TextEncoder();
  let cut = text;
  while (encoder.encode(cut).length > bytes) {
    cut = Array.from(cut).slice(0, -1).join("");
  }
  return cut;
}

/**
 * The name that PostgreSQL gives the sequence of a serial or identity column, if it is free: `users_id_seq`. Of
 * long names, the longer of table and column is cut first (`makeObjectName` of its source).
 */
export function serialSequenceName(table: string, column: string): string {
  const bytes = (text: string): number => new TextEncoder().encode(text).length;
  const available = longest - "__seq".length;
  let [first, second] = [bytes(table), bytes(column)];
  while (first + second > available) {
    if (first > second) {
      first -= 1;
    } else {
      second -= 1;
    }
  }
  return `${cutBytes(table, first)}_${cutBytes(column, second)}_seq`;
}
