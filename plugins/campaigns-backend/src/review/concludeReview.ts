import {
  GateFinding,
  JudgeVerdict,
  Review,
} from '@skein/plugin-campaigns-common';

/** All that decides what follows a look at a patch. */
export interface ReviewFacts {
  findings: GateFinding[];
  judge?: JudgeVerdict;
  /** The judge should have been asked and could not. */
  judgeError?: string;
  /** Vetoes of earlier patches of the job. */
  earlierVetoes: number;
  /** So many may go back; see `JudgeSpec`. */
  maxVetoes: number;
  /** Earlier patches of the job that were sent back for whatever reason. */
  earlierRejections: number;
}

/** A runner that does not come to an end by itself is ended after so many patches. */
export const MAX_REJECTIONS = 10;

/**
 * What follows a look at a patch: what a gate blocks is never proposed; a veto
 * goes back so often, then a person decides; and what could not be judged, or
 * asks for a look, is for a person as well.
 */
export function concludeReview(facts: ReviewFacts): {
  outcome: Review['outcome'];
  /** No further try will be looked at. */
  final: boolean;
} {
  const { findings, judge, judgeError } = facts;
  const tired = facts.earlierRejections + 1 >= MAX_REJECTIONS;
  if (findings.some(({ action }) => action === 'block')) {
    return { outcome: 'rejected', final: tired };
  }
  if (judge?.verdict === 'veto') {
    const mayReturn = facts.earlierVetoes < facts.maxVetoes && !tired;
    return mayReturn
      ? { outcome: 'rejected', final: false }
      : { outcome: 'ask', final: true };
  }
  if (judgeError || findings.some(({ action }) => action === 'ask')) {
    return { outcome: 'ask', final: true };
  }
  return { outcome: 'accepted', final: true };
}
