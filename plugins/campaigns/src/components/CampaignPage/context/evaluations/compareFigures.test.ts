import { Evaluation, EvaluationFigures } from '@skein/plugin-campaigns-common';
import { compareFigures } from './compareFigures';

function evaluation(figures: Partial<EvaluationFigures>): Evaluation {
  return {
    id: 'e',
    campaignId: 'c',
    number: 1,
    revisionId: 'r',
    revisionNumber: 1,
    state: 'finished',
    targetCount: 10,
    currency: 'USD',
    createdBy: 'user:default/a',
    createdAt: '2026-11-20T00:00:00Z',
    figures: {
      outcomes: {},
      open: 0,
      passed: 0,
      blocked: 0,
      judged: 0,
      vetoed: 0,
      recovered: 0,
      approvalRequired: 0,
      noteCount: 0,
      cost: 0,
      tokens: 0,
      ...figures,
    },
  };
}

function compared(
  label: string,
  base: Partial<EvaluationFigures>,
  head: Partial<EvaluationFigures>,
) {
  return compareFigures(evaluation(base), evaluation(head)).find(
    figure => figure.label === label,
  );
}

describe('compareFigures', () => {
  it('is glad of more that pass and of less that fail', () => {
    expect(compared('Pass rate', { passRate: 0.8 }, { passRate: 0.7 })).toEqual(
      {
        label: 'Pass rate',
        base: '80 %',
        head: '70 %',
        difference: '−10 points',
        verdict: 'worse',
      },
    );
    expect(
      compared(
        'Failed',
        { outcomes: { failed: 3 } },
        { outcomes: { failed: 1 } },
      ),
    ).toMatchObject({ difference: '−2', verdict: 'better' });
  });

  it('judges cost by the trial, so that samples of two sizes can be compared', () => {
    expect(
      compared('Cost of a trial', { cost: 5 }, { cost: 4, open: 5 }),
    ).toEqual({
      label: 'Cost of a trial',
      base: '$0.50',
      head: '$0.80',
      difference: '+$0.30',
      verdict: 'worse',
    });
  });

  it('takes no side by counts of another number of trials, nor by what varies anyhow', () => {
    const failed = compared(
      'Failed',
      { outcomes: { failed: 1 }, open: 5 },
      { outcomes: { failed: 2 } },
    );
    expect(failed?.difference).toBe('+1');
    expect(failed).not.toHaveProperty('verdict');

    const time = compared(
      'Median time',
      { medianMs: 4_100 },
      { medianMs: 4_400 },
    );
    expect(time?.difference).toBe('+300 ms');
    expect(time).not.toHaveProperty('verdict');
    expect(
      compared('Median time', { medianMs: 4_000 }, { medianMs: 6_000 }),
    ).toMatchObject({ verdict: 'worse' });
  });

  it('takes no side where neither way is good', () => {
    const vetoes = compared(
      'Vetoed by the judge',
      { vetoed: 1 },
      { vetoed: 2 },
    );
    expect(vetoes?.difference).toBe('+1');
    expect(vetoes).not.toHaveProperty('verdict');
  });

  it('says nothing of what reads the same, or is not known yet', () => {
    expect(
      compared('Pass rate', { passRate: 0.501 }, { passRate: 0.502 }),
    ).toMatchObject({ difference: '' });
    expect(compared('Pass rate', { passRate: 0.5 }, { open: 10 })).toEqual({
      label: 'Pass rate',
      base: '50 %',
      head: '–',
      difference: '',
    });
  });
});
