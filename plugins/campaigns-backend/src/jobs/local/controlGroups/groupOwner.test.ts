import { groupName, isLeftOver } from './groupOwner';

const self = { namespace: 7, pid: 20, startedAt: 500 };
const running = [self, { pid: 1, startedAt: 3 }];

it.each([
  ['its own', groupName(self, 1), false],
  [
    'of a process that runs',
    groupName({ ...self, pid: 1, startedAt: 3 }, 9),
    false,
  ],
  ['of a process that is gone', groupName({ ...self, pid: 19 }, 1), true],
  [
    'of one before, whose number is that of another now',
    groupName({ ...self, startedAt: 4 }, 1),
    true,
  ],
  [
    'of a process that cannot be seen',
    groupName({ ...self, namespace: 8, pid: 19 }, 1),
    false,
  ],
  ['of somebody else', 'docker-1-2-3-4', false],
])('tells which groups are left over: %s', (_, name, expected) => {
  expect(isLeftOver(name, self, running)).toBe(expected);
});
