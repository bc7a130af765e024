/**
 * The last item of the shortest beginning of a list that holds, by halves; of the whole list it is known.
 * @param holds given a beginning of the list that is neither empty nor all of it
 */
export async function firstThat<Item>(
  list: readonly Item[],
  holds: (beginning: readonly Item[]) => Promise<boolean>,
): Promise<Item> {
  let [low, high] = [0, list.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await holds(list.slice(0, middle))) {
      high = middle;
    } else {
      low = middle;
    }
  }
  const found = list[high - 1];
  if (found === undefined) {
    throw new Error("An empty branch has no revision that could be found.");
  }
  return found;
}
