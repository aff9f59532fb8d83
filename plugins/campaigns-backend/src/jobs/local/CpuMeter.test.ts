import fc from 'fast-check';
import { CpuMeter, CpuTimes } from './CpuMeter';

interface SimulatedProcess extends CpuTimes {
  parent: number;
}

/** Processes as a kernel has them, in whole seconds. */
class Machine {
  readonly processes = [this.#process(1, 0)];
  /** By all processes, also of those that are gone. */
  used = 0;
  #started = 1;

  #process(pid: number, parent: number): SimulatedProcess {
    return { pid, parent, startedAt: pid, cpuSeconds: 0, reapedCpuSeconds: 0 };
  }

  /** One of those that live. */
  pick(choice: number): SimulatedProcess {
    return this.processes[choice % this.processes.length];
  }

  burn(choice: number, seconds: number): void {
    this.pick(choice).cpuSeconds += seconds;
    this.used += seconds;
  }

  fork(choice: number): void {
    this.#started += 1;
    this.processes.push(this.#process(this.#started, this.pick(choice).pid));
  }

  /** Ends one but the first, whose children become those of the first. */
  end(choice: number, isWaitedFor: boolean): void {
    const ended = this.pick(choice);
    const { parent, pid } = ended;
    if (pid === 1) return;
    this.processes.splice(this.processes.indexOf(ended), 1);
    for (const child of this.processes) {
      if (child.parent === pid) child.parent = 1;
    }
    if (!isWaitedFor) return;
    this.processes.find(each => each.pid === parent)!.reapedCpuSeconds +=
      ended.cpuSeconds + ended.reapedCpuSeconds;
  }

  /** Looks at one after the other, while things go on in between. */
  look(meanwhile: Array<() => void>): CpuTimes[] {
    const pids = this.processes.map(({ pid }) => pid);
    return pids.flatMap(pid => {
      meanwhile.shift()?.();
      const found = this.processes.find(each => each.pid === pid);
      return found ? [{ ...found }] : [];
    });
  }
}

const choice = fc.nat(20);
const deed = (...waitedFor: boolean[]) =>
  fc.oneof(
    fc.record({ type: fc.constant('burn'), choice, seconds: fc.nat(10) }),
    fc.record({ type: fc.constant('fork'), choice }),
    fc.record({
      type: fc.constant('end'),
      choice,
      waitedFor: fc.constantFrom(...waitedFor),
    }),
  ) as fc.Arbitrary<Deed>;

type Deed =
  | { type: 'burn'; choice: number; seconds: number }
  | { type: 'fork'; choice: number }
  | { type: 'end'; choice: number; waitedFor: boolean };

function does(machine: Machine, each: Deed): void {
  if (each.type === 'burn') machine.burn(each.choice, each.seconds);
  else if (each.type === 'fork') machine.fork(each.choice);
  else machine.end(each.choice, each.waitedFor);
}

/** Between looks and during them, things happen; the meter never says more than was used. */
function metered(looks: Array<{ before: Deed[]; during: Deed[] }>) {
  const machine = new Machine();
  const meter = new CpuMeter();
  for (const { before, during } of looks) {
    for (const each of before) does(machine, each);
    const seen = machine.look(during.map(each => () => does(machine, each)));
    expect(meter.read(seen)).toBeLessThanOrEqual(machine.used);
  }
  meter.read(machine.look([]));
  return { used: machine.used, told: meter.read(machine.look([])) };
}

const looksOf = (each: fc.Arbitrary<Deed>) =>
  fc.array(
    fc.record({
      before: fc.array(each, { maxLength: 12 }),
      during: fc.array(each, { maxLength: 4 }),
    }),
    { maxLength: 12 },
  );

describe('CpuMeter', () => {
  it('finds all that was used where parents wait for their children, and never more', () => {
    fc.assert(
      fc.property(looksOf(deed(true)), looks => {
        const { told, used } = metered(looks);
        expect(told).toBe(used);
      }),
    );
  });

  it('never says more than was used where nobody waits for some', () => {
    fc.assert(
      fc.property(looksOf(deed(true, false)), looks => {
        expect(metered(looks).told).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('counts what was seen of a process that leaves without a trace', () => {
    const { told } = metered([
      {
        before: [
          { type: 'fork', choice: 0 },
          { type: 'burn', choice: 1, seconds: 9 },
        ],
        during: [],
      },
      { before: [{ type: 'end', choice: 1, waitedFor: false }], during: [] },
    ]);
    expect(told).toBe(9);
  });
});
