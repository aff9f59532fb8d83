import { DefenceFacts, defencesOf, sayDefences } from './defences';

const all: DefenceFacts = {
  sandbox: { works: true, description: 'Each job runs in a sandbox.' },
  user: undefined,
  ownUid: 1000,
  withoutNamespaces: undefined,
  filtersCalls: true,
  countsThreads: true,
  withoutInodeLimit: undefined,
  tellsShared: true,
  controlGroups: { version: 2, sharesCpu: true },
};

function failing(facts: Partial<DefenceFacts>): string[] {
  return defencesOf({ ...all, ...facts })
    .filter(each => !each.holds)
    .map(each => each.id);
}

it.each<[string, Partial<DefenceFacts>, string[]]>([
  ['all of them', {}, []],
  [
    'jobs of a back end that is root',
    { ownUid: 0, user: { uid: 7, gid: 7 } },
    [],
  ],
  ['jobs that are root', { ownUid: 0 }, ['jobUser']],
  ['another processor', { filtersCalls: false }, ['kernelCallFilter']],
  ['an older kernel', { countsThreads: false }, ['threadLimit']],
  [
    'no control groups',
    { controlGroups: { version: undefined, reason: 'there are none' } },
    ['controlGroups'],
  ],
  [
    'places without a number of files',
    { withoutInodeLimit: 'unshare is not installed' },
    ['inodeLimit'],
  ],
  ['processes that cannot be read', { tellsShared: false }, ['sharedMemory']],
  [
    'no sandbox',
    { sandbox: { works: false, description: 'There is none.' } },
    [
      'sandbox',
      'userNamespaces',
      'kernelCallFilter',
      'threadLimit',
      'inodeLimit',
    ],
  ],
])('tells which defences hold: %s', (_, facts, expected) => {
  expect(failing(facts)).toEqual(expected);
});

it('tells why user namespaces are missing, and what to do', () => {
  const [description] = defencesOf({
    ...all,
    sandbox: { works: false, description: 'There is none.' },
    withoutNamespaces: 'unshare failed: Operation not permitted',
  })
    .filter(each => each.id === 'userNamespaces')
    .map(each => each.description);
  expect(description).toContain('unshare failed: Operation not permitted');
  expect(description).toContain('kernel.unprivileged_userns_clone');
});

it('says on one line how jobs are confined and what is missing, and nothing twice', () => {
  expect(sayDefences(defencesOf(all))).toBe(all.sandbox.description);
  expect(
    sayDefences(defencesOf({ ...all, ownUid: 0, countsThreads: false })),
  ).toMatch(/^\S.* Ordinary user: .* Limit of threads: .*\.$/);
  expect(
    sayDefences(
      defencesOf({ ...all, sandbox: { works: false, description: 'None.' } }),
    ),
  ).toMatch(/^None\. User namespaces: [^:]*$/);
});
