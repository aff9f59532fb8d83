import { ProcessEntry } from './processTree';

/** The times of one process. */
export type CpuTimes = Pick<
  ProcessEntry,
  'pid' | 'startedAt' | 'cpuSeconds' | 'reapedCpuSeconds'
>;

/**
 * Adds up the processor time of a job over looks at its processes.
 *
 * What a process used is told by itself while it lives, and by its parent once
 * that has waited for it: so that of children which lived between two looks is
 * found too. Of what parents tell, the times of processes that were seen before
 * they ended are subtracted, so that nothing counts twice. A look is not taken
 * in one moment: a child and the parent that has just waited for it may both
 * tell of the same time. So what parents tell counts at the look after.
 *
 * Nobody tells of what children used after they were last seen where nobody
 * waits for them.
 */
export class CpuMeter {
  #seen = new Map<string, CpuTimes>();
  #counted = 0;
  /** What parents told at the last look. */
  #reaped = 0;
  /** What parents told and was not yet counted; negative where processes are gone of which nobody has told. */
  #untold = 0;

  /**
   * @param tree - the job's processes as they are now
   * @returns seconds that the job has used so far, or less
   */
  read(tree: CpuTimes[]): number {
    const now = new Map<string, CpuTimes>();
    let reaped = 0;
    for (const entry of tree) {
      const key = `${entry.pid} ${entry.startedAt}`;
      const before = this.#seen.get(key);
      now.set(key, entry);
      this.#counted += entry.cpuSeconds - (before?.cpuSeconds ?? 0);
      reaped += entry.reapedCpuSeconds - (before?.reapedCpuSeconds ?? 0);
    }
    this.#untold += this.#reaped;
    for (const [key, entry] of this.#seen) {
      if (now.has(key)) continue;
      this.#untold -= entry.cpuSeconds + entry.reapedCpuSeconds;
    }
    this.#counted += Math.max(0, this.#untold);
    this.#untold = Math.min(0, this.#untold);
    this.#reaped = reaped;
    this.#seen = now;
    return this.#counted;
  }
}
