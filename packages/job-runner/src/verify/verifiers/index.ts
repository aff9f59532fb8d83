import { Verifier } from '../types';
import { makefileVerifier } from './makefileVerifier';
import { skeinFileVerifier } from './skeinFileVerifier';
import { testScriptVerifier } from './testScriptVerifier';

/** Of one kind, in the order of their say. */
export const verifiers: readonly Verifier[] = [
  skeinFileVerifier,
  makefileVerifier,
  testScriptVerifier,
];
