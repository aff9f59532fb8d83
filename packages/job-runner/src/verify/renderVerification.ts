import { renderErrors } from '../extract';
import { Verification } from './verify';

/**
 * A verification as an agent is told of it: a short success, or only the
 * errors that matter.
 *
 * @param maxTokens - of the whole text, about
 */
export function renderVerification(
  { ran }: Verification,
  maxTokens = 2_000,
): { ok: boolean; text: string } {
  const failed = ran.filter(({ result }) => result.outcome === 'failed');
  if (failed.length === 0) {
    const passed = ran.filter(({ result }) => result.outcome === 'passed');
    const names = passed.map(({ result }) => result.name).join(', ');
    return {
      ok: true,
      text:
        passed.length > 0
          ? `Verification passed: ${names}.`.slice(0, maxTokens * 4)
          : 'Nothing failed, but no check could be run either.',
    };
  }
  const share = Math.floor(maxTokens / failed.length);
  const parts = failed.map(({ result }) => {
    const { errors = [], name, summary } = result;
    const told = errors.length > 0 ? renderErrors(errors, share - 30) : summary;
    return `"${name}" failed:\n${told}`;
  });
  return { ok: false, text: parts.join('\n\n') };
}
