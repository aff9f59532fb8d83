export { decideAgent, decideBaseline } from './decideBaseline';
export type { AgentDecision, BaselineDecision } from './decideBaseline';
export { findChecks } from './findChecks';
export { renderVerification } from './renderVerification';
export { runSampleCheck } from './runSampleCheck';
export { holdsSql } from './texts';
export { verify } from './verify';
export type { Verification, VerifiedState, VerifyOptions } from './verify';
export type { RepositoryCheck, TextContext } from './types';
