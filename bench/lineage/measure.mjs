/**
 * How long some work took, by the clock and by this process' processor time:
 * the second says what the first would be on a machine that is not shared.
 */
export async function measure(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { milliseconds, processor: (user + system) / 1000 };
}
