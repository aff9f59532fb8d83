/** Milliseconds that the calibration takes on a usual machine, as the laptop of a developer. */
const usualCalibration = 7;

/** Processor time of this process so far, in milliseconds. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Processor time for which a piece of work keeps all else in this process
 * waiting, in milliseconds: that of its longest turn, in the best of some tries.
 *
 * @param enough - a time that is short enough to try no more
 */
export async function processorTime(
  work: () => unknown,
  tries = 3,
  enough = 0,
): Promise<number> {
  let best = Infinity;
  for (let left = tries; left > 0 && best > enough; left -= 1) {
    best = Math.min(best, await longestTurn(work));
  }
  return best;
}

async function longestTurn(work: () => unknown): Promise<number> {
  let longest = 0;
  let start = spent();
  const endTurn = () => {
    const now = spent();
    longest = Math.max(longest, now - start);
    start = now;
  };
  let waiting: NodeJS.Immediate | undefined;
  const turn = () => {
    endTurn();
    waiting = setImmediate(turn);
  };
  waiting = setImmediate(turn);
  await work();
  endTurn();
  clearImmediate(waiting);
  return longest;
}

/** How many times slower this machine is now than a usual one; at least 1. */
export async function slowness(): Promise<number> {
  return Math.max(1, (await processorTime(calibration)) / usualCalibration);
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
