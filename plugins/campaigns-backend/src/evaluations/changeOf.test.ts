import { TrialOutcome } from '@skein/plugin-campaigns-common';
import { changeOf } from './changeOf';

const ended = (outcome: TrialOutcome, failureKind?: any) => ({
  outcome,
  failureKind,
});

describe('changeOf', () => {
  it.each([
    ['failed', 'proposed', 'better'],
    ['needsHuman', 'proposed', 'better'],
    ['proposed', 'failed', 'worse'],
    ['proposed', 'noChanges', 'worse'],
    ['proposed', 'proposed', 'same'],
    ['failed', 'failed', 'same'],
    // Neither passes, and it is another story.
    ['failed', 'needsHuman', 'different'],
    // What was stopped says nothing.
    ['proposed', 'stopped', 'unknown'],
    ['stopped', 'stopped', 'unknown'],
  ] as const)('%s, then %s: %s', (base, head, change) => {
    expect(changeOf(ended(base), ended(head), true)).toBe(change);
  });

  it('tells another patch, or another reason, from the same', () => {
    const proposed = ended('proposed');
    expect(changeOf(proposed, proposed, false)).toBe('different');
    expect(
      changeOf(
        ended('failed', 'verification-failed'),
        ended('failed', 'review-rejected'),
        true,
      ),
    ).toBe('different');
  });

  it('knows nothing of what is not in both, or has not ended in both', () => {
    expect(changeOf(undefined, ended('proposed'), false)).toBe('unknown');
    expect(changeOf({}, ended('proposed'), false)).toBe('unknown');
    // Nor of what no runner carried out.
    expect(
      changeOf(ended('proposed'), ended('failed', 'runner-crashed'), false),
    ).toBe('unknown');
  });
});
