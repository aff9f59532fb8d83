/** Milliseconds that the calibration takes on a usual machine. */
const usualCalibration = 60;

/** Processor time of this process that a piece of work takes, in milliseconds: the best of three. */
export function processorTime(work: () => unknown, tries = 3): number {
  let best = Infinity;
  for (let left = tries; left > 0; left -= 1) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** How many times slower this machine is now than a usual one; at least 1. */
export function slowness(): number {
  return Math.max(1, processorTime(calibration) / usualCalibration);
}

/** Work of the kind that parsers do: characters, short strings, small objects. */
function calibration(): number {
  const text = 'name: value, '.repeat(20_000);
  const seen = new Map<string, { count: number }>();
  for (let at = 0; at < text.length; at += 3) {
    const key = text.slice(at, at + 3) + (text.charCodeAt(at) % 7);
    const entry = seen.get(key) ?? { count: 0 };
    seen.set(key, { count: entry.count + (/[a-z]/.test(key) ? 1 : 2) });
  }
  return seen.size;
}
