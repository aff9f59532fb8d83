import { Evaluation } from '@skein/plugin-campaigns-common';
import { latestEvaluations } from './latestEvaluations';

function evaluation(
  number: number,
  revisionId: string,
  passRate?: number,
): Evaluation {
  return { id: `e${number}`, number, revisionId, figures: { passRate } } as any;
}

describe('latestEvaluations', () => {
  it('takes the newest of each revision that has come to something', () => {
    const latest = latestEvaluations([
      evaluation(5, 'b'),
      evaluation(4, 'b', 0.5),
      evaluation(3, 'b', 0.2),
      evaluation(2, 'a'),
      evaluation(1, 'c', 1),
    ]);

    expect(
      Object.fromEntries([...latest].map(([key, { id }]) => [key, id])),
    ).toEqual({ a: 'e2', b: 'e4', c: 'e1' });
  });
});
