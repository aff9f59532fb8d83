import { GateAction } from '@skein/plugin-campaigns-common';
import fc from 'fast-check';
import { concludeReview, MAX_REJECTIONS, ReviewFacts } from './concludeReview';

const actions: GateAction[] = ['block', 'ask', 'warn'];

const facts: fc.Arbitrary<ReviewFacts> = fc.record(
  {
    findings: fc.array(
      fc.constantFrom(...actions).map(action => ({
        gate: 'tests' as const,
        action,
        message: 'x',
      })),
      { maxLength: 4 },
    ),
    judge: fc.option(
      fc.constantFrom('accept' as const, 'veto' as const).map(verdict => ({
        verdict,
        reasons: [],
        confidence: 1,
        model: 'm',
        promptDigest: '',
      })),
      { nil: undefined },
    ),
    judgeError: fc.option(fc.constant('no model'), { nil: undefined }),
    earlierVetoes: fc.nat(5),
    maxVetoes: fc.nat(3),
    earlierRejections: fc.nat(MAX_REJECTIONS + 2),
  },
  {
    requiredKeys: [
      'findings',
      'earlierVetoes',
      'maxVetoes',
      'earlierRejections',
    ],
  },
);
const has = (given: ReviewFacts, action: GateAction) =>
  given.findings.some(finding => finding.action === action);

describe('concludeReview', () => {
  it('accepts only what nothing speaks against', () => {
    fc.assert(
      fc.property(facts, given => {
        const clean =
          !has(given, 'block') &&
          !has(given, 'ask') &&
          given.judge?.verdict !== 'veto' &&
          !given.judgeError;
        expect(concludeReview(given).outcome === 'accepted').toBe(clean);
      }),
    );
  });

  it('rejects whatever a gate blocks, whatever the judge says', () => {
    fc.assert(
      fc.property(facts, given => {
        fc.pre(has(given, 'block'));
        expect(concludeReview(given).outcome).toBe('rejected');
      }),
    );
  });

  it('comes to an end: after so many patches nothing is sent back again', () => {
    fc.assert(
      fc.property(facts, given => {
        fc.pre(given.earlierRejections + 1 >= MAX_REJECTIONS);
        expect(concludeReview(given).final).toBe(true);
      }),
    );
  });

  it('sends a veto back as often as the campaign says, then asks a person', () => {
    const veto = {
      findings: [],
      judge: {
        verdict: 'veto' as const,
        reasons: [],
        confidence: 1,
        model: 'm',
        promptDigest: '',
      },
      maxVetoes: 2,
      earlierRejections: 0,
    };
    expect(
      [0, 1, 2].map(
        earlierVetoes => concludeReview({ ...veto, earlierVetoes }).outcome,
      ),
    ).toEqual(['rejected', 'rejected', 'ask']);
  });
});
