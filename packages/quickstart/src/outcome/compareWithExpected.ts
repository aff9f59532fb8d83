import { Target } from '@skein/plugin-campaigns-common';
import { Expectation } from '../example/expectations';

/** A target that is not where the example expects it. */
export interface Difference {
  target: string;
  expected: string;
  actual: string;
  /** What the portal says of it. */
  reason: string;
}

/**
 * Compares a campaign's targets with the truth table. A target that only one
 * side knows is a difference as well.
 */
export function compareWithExpected(
  targets: Target[],
  expectations: Expectation[],
): Difference[] {
  const actual = new Map(targets.map(it => [targetName(it), it]));
  const expected = new Map(
    expectations.map(it => [
      it.path ? `${it.repository}//${it.path}` : it.repository,
      it.state as string,
    ]),
  );
  return [...new Set([...expected.keys(), ...actual.keys()])]
    .sort()
    .map(target => ({
      target,
      expected: expected.get(target) ?? 'no such target',
      actual: actual.get(target)?.state ?? 'no such target',
      reason: actual.get(target)?.stateReason ?? '',
    }))
    .filter(it => it.expected !== it.actual);
}

/** `owner/name`, with `//path` where the target is a folder. */
export function targetName(
  target: Pick<Target, 'repository' | 'path'>,
): string {
  const { owner, name } = target.repository;
  return target.path ? `${owner}/${name}//${target.path}` : `${owner}/${name}`;
}
