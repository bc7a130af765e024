/** How long this process has had a processor, in milliseconds: what else runs on the machine takes none of that. */
export function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
