import { VerificationResult } from '@skein/plugin-campaigns-common';

export interface CheckPair {
  name: string;
  source: VerificationResult['source'];
  command?: string[];
  before?: VerificationResult;
  after?: VerificationResult;
}

/** The same check before and after the change, by name, in the order in which they first appear. */
export function pairChecks(
  baseline: VerificationResult[],
  verification: VerificationResult[],
): CheckPair[] {
  const pairs = new Map<string, CheckPair>();
  const pairOf = ({ name, source, command }: VerificationResult) => {
    const known = pairs.get(name) ?? { name, source, command };
    pairs.set(name, known);
    return known;
  };
  for (const result of baseline) pairOf(result).before = result;
  for (const result of verification) pairOf(result).after = result;
  return [...pairs.values()];
}
