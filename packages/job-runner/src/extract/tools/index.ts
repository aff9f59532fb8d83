import { ErrorExtractor } from '../types';
import { compilerErrors } from './compilerErrors';
import { dbtErrors } from './dbtErrors';
import { eslintErrors } from './eslintErrors';
import { formatterErrors } from './formatterErrors';
import { goErrors } from './goErrors';
import { gradleErrors } from './gradleErrors';
import { javacErrors } from './javacErrors';
import { jestErrors } from './jestErrors';
import { makeErrors } from './makeErrors';
import { mavenErrors } from './mavenErrors';
import { npmErrors } from './npmErrors';
import { pytestErrors } from './pytestErrors';
import { pythonErrors } from './pythonErrors';
import { rustErrors } from './rustErrors';
import { sbtErrors } from './sbtErrors';
import { scalacErrors } from './scalacErrors';
import { sqlfluffErrors } from './sqlfluffErrors';
import { tscErrors } from './tscErrors';
import { vitestErrors } from './vitestErrors';

/** A line belongs to the first that knows it: those with the most telling beginnings stand first. */
export const extractors: readonly ErrorExtractor[] = [
  formatterErrors,
  mavenErrors,
  javacErrors,
  scalacErrors,
  sbtErrors,
  gradleErrors,
  tscErrors,
  eslintErrors,
  jestErrors,
  vitestErrors,
  npmErrors,
  pytestErrors,
  pythonErrors,
  dbtErrors,
  sqlfluffErrors,
  rustErrors,
  goErrors,
  compilerErrors,
  makeErrors,
];
