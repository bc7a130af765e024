/** How much processor time the measured work takes, in milliseconds. */
const work = 200;

/**
 * How many times as long as its processor time work takes on this machine at the moment: 1 where nothing else runs. What is held
 * against a clock is held against so many times its limit, for what else runs is no fault of it.
 */
export function crowding(): number {
  const started = performance.now();
  const before = process.cpuUsage();
  let used = 0;
  do {
    const { user, system } = process.cpuUsage(before);
    used = (user + system) / 1000;
  } while (used < work);
  return Math.max(1, (performance.now() - started) / used);
}
