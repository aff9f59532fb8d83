import { targetStates } from '@skein/plugin-campaigns-common';
import { fixtureCampaigns } from '../../../dev/fixture';
import { ownerTask } from './ownerTask';

const [{ targets }] = fixtureCampaigns();
const open = targets.find(({ state }) => state === 'prOpen')!;

describe('ownerTask', () => {
  it('says something in every state', () => {
    for (const state of targetStates) {
      expect(ownerTask({ ...open, state })).toMatch(/\w+.*\.$/);
    }
  });

  it('goes by what is true of the pull request, and counts decisions', () => {
    const pullRequest = open.pullRequest!;
    const task = (change: Partial<typeof pullRequest>) =>
      ownerTask({
        ...open,
        noteCount: 0,
        pullRequest: { ...pullRequest, ...change },
      });
    expect(task({ mergeable: 'conflict' })).toContain('conflict');
    expect(task({ checks: 'failing' })).toContain('checks');
    expect(task({ review: 'approved' })).toBe('Merge the pull request.');
    expect(task({ review: 'none' })).toBe('Review and merge the pull request.');
    expect(ownerTask({ ...open, noteCount: 2 })).toContain(
      '2 places in it need a decision.',
    );
  });
});
