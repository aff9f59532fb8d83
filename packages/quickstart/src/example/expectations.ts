import fs from 'fs';
import path from 'path';
import { parse } from 'yaml';
import { TargetState } from '@skein/plugin-campaigns-common';

/** One line of the truth table `examples/expected.yaml`. */
export interface Expectation {
  campaign: string;
  /** `owner/name`. */
  repository: string;
  path: string;
  owner: string;
  /** Where the target is when the campaign has come to rest. */
  state: TargetState;
  /** The owner merges the pull request of the example. */
  ownerMerges?: boolean;
}

/** Reads what the example expects of a campaign. */
export function readExpectations(
  examplesFolder: string,
  campaign: string,
): Expectation[] {
  const file = path.join(examplesFolder, 'expected.yaml');
  const { targets } = parse(fs.readFileSync(file, 'utf8')) as {
    targets: Expectation[];
  };
  return targets.filter(it => it.campaign === campaign);
}
