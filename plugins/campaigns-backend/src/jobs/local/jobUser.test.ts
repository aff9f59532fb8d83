import { checkJobUser, jobUserOf } from './jobUser';

describe('jobUserOf', () => {
  it('changes the user where the back end is root, and nowhere else', () => {
    expect(jobUserOf({ ownUid: 0 })).toEqual({ uid: 65533, gid: 65533 });
    expect(jobUserOf({ ownUid: 0, configured: 1234 })).toEqual({
      uid: 1234,
      gid: 1234,
    });
    expect(jobUserOf({ ownUid: 1000 })).toBeUndefined();
    expect(jobUserOf({ ownUid: 1000, configured: 1000 })).toBeUndefined();
    expect(jobUserOf({ ownUid: undefined })).toBeUndefined();
  });

  it('leaves jobs to root only in words that nobody sets by accident', () => {
    expect(jobUserOf({ ownUid: 0, runAsRoot: true })).toBeUndefined();
    for (const configured of [0, -1, 1.5, 2 ** 32, 2 ** 32 - 1, NaN]) {
      expect(() => jobUserOf({ ownUid: 0, configured })).toThrow(
        'the number of an ordinary user',
      );
    }
  });

  it('refuses another user where it is not root', () => {
    expect(() => jobUserOf({ ownUid: 1000, configured: 1001 })).toThrow(
      'only root can start jobs as somebody else',
    );
  });
});

it('refuses to start where root may not change the user', async () => {
  const own = process.getuid!();
  const root = own === 0;
  const uid = own === 65532 ? 65531 : 65532;
  if (root) await checkJobUser({ uid: 65533, gid: 65533 });
  // Takes the capabilities from this process until it is root again.
  if (root) process.seteuid!(65533);
  try {
    await expect(checkJobUser({ uid, gid: uid })).rejects.toThrow(
      /jobs never do, and none can be started as user 6553\d: EPERM.*dangerouslyRunJobsAsRoot/,
    );
  } finally {
    if (root) process.seteuid!(0);
  }
});
