import { Verifier } from '../types';
import { cargoVerifier } from './cargoVerifier';
import { dbtVerifier } from './dbtVerifier';
import { eslintVerifier } from './eslintVerifier';
import { goVerifier } from './goVerifier';
import { gradleVerifier } from './gradleVerifier';
import { makefileVerifier } from './makefileVerifier';
import { mavenVerifier } from './mavenVerifier';
import { nodeVerifier } from './nodeVerifier';
import { prettierVerifier } from './prettierVerifier';
import { pythonLintVerifier } from './pythonLintVerifier';
import { pythonVerifier } from './pythonVerifier';
import { sbtVerifier } from './sbtVerifier';
import { skeinFileVerifier } from './skeinFileVerifier';
import { sqlfluffVerifier } from './sqlfluffVerifier';
import { testScriptVerifier } from './testScriptVerifier';

/** Of one kind, in the order of their say; the quick ones of the tools first. */
export const verifiers: readonly Verifier[] = [
  skeinFileVerifier,
  makefileVerifier,
  testScriptVerifier,
  prettierVerifier,
  eslintVerifier,
  pythonLintVerifier,
  sqlfluffVerifier,
  dbtVerifier,
  nodeVerifier,
  pythonVerifier,
  mavenVerifier,
  gradleVerifier,
  sbtVerifier,
  goVerifier,
  cargoVerifier,
];
