const tasks: (() => void)[] = [];

/** Has something done when the process ends; at once, since nothing is waited for then. */
export function atExit(task: () => void): void {
  if (tasks.length === 0) {
    // One listener for all: Node warns of many.
    process.once("exit", () => tasks.forEach((each) => each()));
  }
  tasks.push(task);
}
