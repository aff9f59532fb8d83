import * as fc from 'fast-check';
import { findHierarchies } from './findHierarchies';

const none = {
  unified: undefined,
  memory: undefined,
  pids: undefined,
  cpu: undefined,
  cpuacct: undefined,
};

it.each([
  [
    'version 2, of a service',
    '0::/system.slice/skein.service\n',
    '30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n',
    { unified: '/sys/fs/cgroup/system.slice/skein.service' },
  ],
  [
    'version 2, in a container with a namespace of its own',
    '0::/\n',
    '900 890 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n',
    { unified: '/sys/fs/cgroup' },
  ],
  [
    'both, with the controllers in version 1',
    '9:name=systemd:/\n8:pids:/\n4:memory:/a/b\n3:cpu,cpuacct:/\n0::/\n',
    `35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
40 31 0:37 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
`,
    {
      memory: '/sys/fs/cgroup/memory/a/b',
      pids: '/sys/fs/cgroup/pids',
      cpu: '/sys/fs/cgroup/cpu,cpuacct',
      cpuacct: '/sys/fs/cgroup/cpu,cpuacct',
      unified: '/sys/fs/cgroup/unified',
    },
  ],
  [
    'version 1, in a container that sees its own group as the root',
    '8:pids:/docker/1f\n4:memory:/docker/1f/below\n',
    `35 31 0:32 /docker/1f /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory
39 31 0:36 /docker/1f /sys/fs/cgroup/pids ro - cgroup cgroup rw,pids
`,
    { memory: '/sys/fs/cgroup/memory/below', pids: '/sys/fs/cgroup/pids' },
  ],
  [
    'a group that is not within what is mounted',
    '0::/../other\n4:memory:/docker/1f\n',
    `30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw
35 31 0:32 /docker/1 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory
`,
    {},
  ],
  [
    'a folder with a space',
    '0::/a\n',
    '30 23 0:26 / /my\\040groups rw - cgroup2 cgroup2 rw\n',
    { unified: '/my groups/a' },
  ],
  ['none', '', '22 1 254:1 / / rw - ext4 /dev/vda rw\n', {}],
])(
  'finds the control groups of a process: %s',
  (_, cgroup, mounts, expected) => {
    expect(findHierarchies(cgroup, mounts)).toEqual({ ...none, ...expected });
  },
);

it('takes whatever the kernel says', () => {
  const word = fc.constantFrom(
    '0:',
    ':',
    '/',
    '..',
    ' - ',
    'cgroup',
    '\n',
    '\\',
    ' ',
  );
  const text = fc.array(word).map(words => words.join(''));
  fc.assert(
    fc.property(text, text, (cgroup, mounts) => {
      for (const folder of Object.values(findHierarchies(cgroup, mounts))) {
        expect(folder ?? '').not.toContain('..');
      }
    }),
  );
});
