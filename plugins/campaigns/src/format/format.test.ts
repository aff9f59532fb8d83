import { fileUrl, repositoryUrl, targetLabel } from './repository';
import {
  describeDeadline,
  formatAge,
  formatAgeOf,
  formatDuration,
} from './time';
import {
  countOf,
  shortDatasetName,
  shortEntityName,
  withShortNames,
} from './words';

describe('time', () => {
  it('says ages and durations shortly', () => {
    expect([0, 3_400, 125_000, 7_300_000, 300_000_000].map(formatAge)).toEqual([
      'just now',
      '3 s ago',
      '2 min ago',
      '2 h ago',
      '3 d ago',
    ]);
    expect(formatAgeOf('nonsense', 0)).toBe('');
    expect([340, 8_420, 59_990, 125_400].map(formatDuration)).toEqual([
      '340 ms',
      '8.4 s',
      '60.0 s',
      '2 min 5 s',
    ]);
  });

  it('counts days to the end of the deadline’s own day', () => {
    const now = new Date(2026, 10, 20, 23, 30).getTime();
    expect(describeDeadline('2026-11-20', now)).toEqual({
      date: '20 Nov 2026',
      left: 'today',
      urgency: 'near',
    });
    expect(describeDeadline('2026-11-21', now)?.left).toBe('1 day left');
    expect(describeDeadline('2027-03-31', now)).toMatchObject({
      left: '131 days left',
      urgency: 'far',
    });
    expect(describeDeadline('2026-11-17', now)).toMatchObject({
      left: '3 days late',
      urgency: 'late',
    });
    expect(describeDeadline(undefined, now)).toBeUndefined();
    expect(describeDeadline('soon', now)).toBeUndefined();
  });
});

describe('repository', () => {
  it('links to files on the forge, whatever their names', () => {
    const repository = { host: 'github.com', owner: 'acme', name: 'jobs' };
    expect(fileUrl(repository, 'a b/c#d.sql', 4)).toBe(
      'https://github.com/acme/jobs/blob/HEAD/a%20b/c%23d.sql#L4',
    );
    expect(repositoryUrl({ ...repository, host: 'localhost:7071' })).toBe(
      'http://localhost:7071/acme/jobs',
    );
    expect(targetLabel({ repository, path: '' })).toBe('acme/jobs');
    expect(targetLabel({ repository, path: 'x' })).toBe('acme/jobs/x');
  });
});

describe('words', () => {
  it('counts and shortens', () => {
    expect(countOf(1, 'target')).toBe('1 target');
    expect(countOf(2000, 'target')).toBe('2,000 targets');
    expect(shortEntityName('group:default/insights')).toBe('insights');
    expect(shortEntityName('insights')).toBe('insights');
    expect(shortDatasetName('p.user_data.users_v1')).toBe('user_data.users_v1');
  });
});

describe('withShortNames', () => {
  it('says who by name, and leaves the other words', () => {
    expect(withShortNames('Paused by user:default/ana.b. See a:b/c')).toBe(
      'Paused by ana.b. See a:b/c',
    );
  });
});
