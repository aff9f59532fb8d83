import fc from 'fast-check';
import {
  FilteredArchitecture,
  refusedCalls,
  seccompFilter,
} from './seccompFilter';

const ALLOWED = 0x7fff0000;
const KILLED = 0x80000000;
const UNKNOWN = 0x00050000 + 38;
const NO_FAMILY = 0x00050000 + 97;

const machines: Array<{
  name: FilteredArchitecture;
  audit: number;
  socket: number;
}> = [
  { name: 'x64', audit: 0xc000003e, socket: 41 },
  { name: 'arm64', audit: 0xc00000b7, socket: 198 },
];

/** As the kernel runs it, over `struct seccomp_data`. */
function decide(
  program: Buffer,
  call: { number: number; audit: number; argument?: number },
): number {
  const data = new Map([
    [0, call.number],
    [4, call.audit],
    [16, call.argument ?? 0],
  ]);
  let accumulator = 0;
  for (let at = 0; at < program.length; at += 8) {
    const value = program.readUInt32LE(at + 4);
    const jump = (holds: boolean) => {
      at += program.readUInt8(at + (holds ? 2 : 3)) * 8;
    };
    switch (program.readUInt16LE(at)) {
      case 0x20:
        accumulator = data.get(value)!;
        break;
      case 0x15:
        jump(accumulator === value);
        break;
      case 0x35:
        jump(accumulator >= value);
        break;
      case 0x06:
        return value;
      default:
        throw new Error(`An instruction at ${at} that is none`);
    }
  }
  throw new Error('It ran over its end');
}

describe.each(machines)(
  'seccompFilter for $name',
  ({ name, audit, socket }) => {
    const program = seccompFilter(name)!;
    const refused = new Set(refusedCalls(name).values());

    it('is short enough for the kernel, and never jumps beyond its end', () => {
      expect(program.length % 8).toBe(0);
      expect(program.length / 8).toBeLessThan(4096);
      for (let at = 0; at < program.length - 8; at += 8) {
        const furthest = Math.max(program[at + 2], program[at + 3]);
        expect(at + 8 + furthest * 8).toBeLessThan(program.length);
      }
    });

    it('refuses the calls on its list, and no other', () => {
      for (let number = 0; number < 600; number++) {
        const answer = refused.has(number) ? UNKNOWN : ALLOWED;
        const argument = number === socket ? 1 : 0;
        expect([number, decide(program, { number, audit, argument })]).toEqual([
          number,
          answer,
        ]);
      }
    });

    it('allows sockets of the sandbox alone', () => {
      fc.assert(
        fc.property(
          fc.oneof(fc.nat(64), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
          argument => {
            expect(decide(program, { number: socket, audit, argument })).toBe(
              [1, 2, 10, 16].includes(argument) ? ALLOWED : NO_FAMILY,
            );
          },
        ),
      );
    });

    it('kills what calls by the numbers of another architecture', () => {
      for (const other of [0x40000003, 0x40000028, 0xc0000015]) {
        expect(decide(program, { number: 1, audit: other })).toBe(KILLED);
      }
    });
  },
);

it('refuses all calls of the x32 interface', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2 ** 30, max: 2 ** 32 - 1 }), number => {
      const [{ audit }] = machines;
      expect(decide(seccompFilter('x64')!, { number, audit })).toBe(UNKNOWN);
    }),
  );
});

it('has no filter for an architecture whose numbers it does not know', () => {
  expect(seccompFilter('riscv64')).toBeUndefined();
  expect(seccompFilter('toString')).toBeUndefined();
});
