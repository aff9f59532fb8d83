import { TextCheck } from '../types';
import { dbtReferencesCheck } from './dbtReferencesCheck';
import { sqlCheck } from './sqlCheck';
import { yamlCheck } from './yamlCheck';

export { holdsSql } from './sqlCheck';

/** Our own checks on a target's texts, in the order in which they run. */
export const textChecks: readonly TextCheck[] = [
  yamlCheck,
  dbtReferencesCheck,
  sqlCheck,
];
