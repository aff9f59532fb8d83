/** An instruction of the kernel's filters: `struct sock_filter`. */
interface Instruction {
  code: number;
  ifTrue: number;
  ifFalse: number;
  value: number;
}

/** Of `linux/filter.h`. */
const LOAD_WORD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_AT_LEAST = 0x35;
const RETURN = 0x06;

/** Of `linux/seccomp.h`. */
const ALLOW = 0x7fff_0000;
const KILL_PROCESS = 0x8000_0000;
const FAIL_WITH = 0x0005_0000;

/** Where `struct seccomp_data` has them. */
const NUMBER_AT = 0;
const ARCHITECTURE_AT = 4;
const FIRST_ARGUMENT_AT = 16;

/** Programs take it for a kernel that does not know the call, and go on without. */
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Calls of the x32 interface have numbers of their own from here on. */
const X32 = 0x4000_0000;

/**
 * Calls that are refused, with their numbers by Node's names for architectures.
 * Newer ones have the same number everywhere. Each is either memory that counts
 * for no process, or a part of the kernel that no build needs and that is known
 * for holes.
 */
const refused: Record<string, { x64: number; arm64: number }> = {
  // Memory that belongs to no process.
  memfd_create: { x64: 319, arm64: 279 },
  memfd_secret: { x64: 447, arm64: 447 },
  shmget: { x64: 29, arm64: 194 },
  msgget: { x64: 68, arm64: 186 },
  semget: { x64: 64, arm64: 190 },
  // Programs in the kernel, and its queues.
  bpf: { x64: 321, arm64: 280 },
  io_uring_setup: { x64: 425, arm64: 425 },
  io_uring_enter: { x64: 426, arm64: 426 },
  io_uring_register: { x64: 427, arm64: 427 },
  userfaultfd: { x64: 323, arm64: 282 },
  perf_event_open: { x64: 298, arm64: 241 },
  // Queues of which the whole machine has a few.
  io_setup: { x64: 206, arm64: 0 },
  // Keys, which have no namespace of their own.
  add_key: { x64: 248, arm64: 217 },
  request_key: { x64: 249, arm64: 218 },
  keyctl: { x64: 250, arm64: 219 },
  // Mounts and namespaces: without privileges they would fail anyway.
  mount: { x64: 165, arm64: 40 },
  umount2: { x64: 166, arm64: 39 },
  pivot_root: { x64: 155, arm64: 41 },
  open_tree: { x64: 428, arm64: 428 },
  move_mount: { x64: 429, arm64: 429 },
  fsopen: { x64: 430, arm64: 430 },
  fsconfig: { x64: 431, arm64: 431 },
  fsmount: { x64: 432, arm64: 432 },
  fspick: { x64: 433, arm64: 433 },
  mount_setattr: { x64: 442, arm64: 442 },
  setns: { x64: 308, arm64: 268 },
  unshare: { x64: 272, arm64: 97 },
  // The machine itself.
  kexec_load: { x64: 246, arm64: 104 },
  kexec_file_load: { x64: 320, arm64: 294 },
  init_module: { x64: 175, arm64: 105 },
  finit_module: { x64: 313, arm64: 273 },
  delete_module: { x64: 176, arm64: 106 },
  reboot: { x64: 169, arm64: 142 },
  swapon: { x64: 167, arm64: 224 },
  swapoff: { x64: 168, arm64: 225 },
  acct: { x64: 163, arm64: 89 },
  quotactl: { x64: 179, arm64: 60 },
  open_by_handle_at: { x64: 304, arm64: 265 },
};

/**
 * Sockets that a job may have: of its own sandbox, the empty network that it
 * has, and questions about that. Of the others, some have no namespace: `vsock`
 * reaches the host of a virtual machine.
 */
const families = { unix: 1, inet: 2, inet6: 10, netlink: 16 };

const architectures = {
  x64: { audit: 0xc000_003e, socket: 41 },
  arm64: { audit: 0xc000_00b7, socket: 198 },
};

/** Architectures that there is a filter for, by Node's names. */
export type FilteredArchitecture = keyof typeof architectures;

/**
 * A filter of the kernel calls of a job, as the kernel and bubblewrap's
 * `--seccomp` take it.
 *
 * @returns undefined for architectures whose numbers are not known here
 */
export function seccompFilter(architecture: string): Buffer | undefined {
  if (!isFiltered(architecture)) return undefined;
  const { audit, socket } = architectures[architecture];
  return assemble([
    load(ARCHITECTURE_AT),
    ...unless(audit, KILL_PROCESS),
    load(NUMBER_AT),
    ...(architecture === 'x64' ? atLeast(X32, FAIL_WITH | ENOSYS) : []),
    ...Object.values(refused).flatMap(numbers =>
      when(numbers[architecture], FAIL_WITH | ENOSYS),
    ),
    ...onlyFamilies(socket),
    give(ALLOW),
  ]);
}

/** Names of the calls that are refused, with their numbers. */
export function refusedCalls(
  architecture: FilteredArchitecture,
): Map<string, number> {
  return new Map(
    Object.entries(refused).map(([name, numbers]) => [
      name,
      numbers[architecture],
    ]),
  );
}

function isFiltered(name: string): name is FilteredArchitecture {
  return Object.hasOwn(architectures, name);
}

function load(value: number): Instruction {
  return { code: LOAD_WORD, ifTrue: 0, ifFalse: 0, value };
}

function give(value: number): Instruction {
  return { code: RETURN, ifTrue: 0, ifFalse: 0, value };
}

function when(value: number, answer: number): Instruction[] {
  return [{ code: JUMP_IF_EQUAL, ifTrue: 0, ifFalse: 1, value }, give(answer)];
}

function unless(value: number, answer: number): Instruction[] {
  return [{ code: JUMP_IF_EQUAL, ifTrue: 1, ifFalse: 0, value }, give(answer)];
}

function atLeast(value: number, answer: number): Instruction[] {
  return [
    { code: JUMP_IF_AT_LEAST, ifTrue: 0, ifFalse: 1, value },
    give(answer),
  ];
}

function onlyFamilies(socket: number): Instruction[] {
  const allowed = Object.values(families).flatMap(each => when(each, ALLOW));
  const check = [
    load(FIRST_ARGUMENT_AT),
    ...allowed,
    give(FAIL_WITH | EAFNOSUPPORT),
  ];
  return [
    {
      code: JUMP_IF_EQUAL,
      ifTrue: 0,
      ifFalse: check.length,
      value: socket,
    },
    ...check,
  ];
}

/** Both architectures have the lower byte first. */
function assemble(program: Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(({ code, ifFalse, ifTrue, value }, index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifTrue, index * 8 + 2);
    bytes.writeUInt8(ifFalse, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  return bytes;
}
