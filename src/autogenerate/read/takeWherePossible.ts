/**
 * Takes steps as often as another of them may have made what they stand on.
 * @param take says whether it worked
 * @returns those that still fail
 */
export async function takeWherePossible<Step>(
  steps: readonly Step[],
  take: (step: Step) => Promise<boolean>,
): Promise<readonly Step[]> {
  let pending = steps;
  for (;;) {
    const failed: Step[] = [];
    for (const step of pending) {
      if (!(await take(step))) {
        failed.push(step);
      }
    }
    if (failed.length === 0 || failed.length === pending.length) {
      return failed;
    }
    pending = failed;
  }
}
