import { ConfigReader } from '@backstage/config';
import { defaultSyncIntervals } from './nextSyncIn';
import { readSyncIntervals } from './readSyncIntervals';

describe('readSyncIntervals', () => {
  it('reads durations, and has defaults', () => {
    expect(readSyncIntervals(new ConfigReader({}))).toEqual(
      defaultSyncIntervals,
    );
    const sync = { shortestInterval: { seconds: 2 }, longestInterval: '1m' };
    expect(
      readSyncIntervals(new ConfigReader({ campaigns: { sync } })),
    ).toEqual({ shortest: 2_000, longest: 60_000 });
  });
});
