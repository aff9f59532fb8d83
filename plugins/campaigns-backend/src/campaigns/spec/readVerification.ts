import { VerificationSpec } from '@skein/plugin-campaigns-common';

/** As files and stored contexts have it; `requireBaseline` is how the policy was written once. */
export type WrittenVerification = Partial<VerificationSpec> & {
  requireBaseline?: boolean;
};

/** The verification that a file or a stored context asks for, with what it leaves out. */
export function readVerification({
  requireBaseline,
  ...written
}: WrittenVerification = {}): VerificationSpec {
  return {
    baseline: requireBaseline === false ? 'ignore' : 'required',
    unverified: 'skip',
    timeoutMinutes: 10,
    ...written,
  };
}
