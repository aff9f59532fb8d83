/** Forms of secrets that are known by sight. */
const SHAPES: RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bsk-ant-[A-Za-z0-9_-]{8,}/g,
  /\bsk-(?:proj-)?[A-Za-z0-9_-]{20,}/g,
  /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\bya29\.[A-Za-z0-9_-]{20,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  // No start within a run of such letters, or a long one is read once for each.
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  /(?<=\b(?:Bearer|Basic)\s)[A-Za-z0-9+/._~-]{16,}=*/gi,
  /(?<=:\/\/[^\s:/@]{1,100}:)[^\s:/@]{3,}(?=@)/g,
  // As .npmrc, .netrc and the files of AWS have them.
  /(?<=\b_(?:authToken|auth|password)\s{0,3}=\s{0,3}["']?)[^\s"'${]{8,}/g,
  /(?<=\bmachine\s{1,3}\S{1,100}\s{1,3}login\s{1,3}\S{1,100}\s{1,3}password\s{1,3})\S+/g,
  /(?<=\baws_secret_access_key["']?\s{0,3}[=:]\s{0,3}["']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/gi,
  // A variable of the environment that says it is one, set to a value and to no expression.
  /(?<=^(?:export )?[A-Z0-9_]{0,60}(?:SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIALS)[A-Z0-9_]{0,40}=["']?)[^\s"'`$({[<%]{6,}(?=["']?[ \t]*\r?$)/gm,
];

const REDACTED = '[redacted]';

/** Takes secrets out of a text. @public */
export type Redact = (text: string) => string;

/**
 * Makes what takes secrets out of texts before they are stored or shown: the
 * given ones, and what looks like one.
 *
 * @public
 */
export function createRedact(secrets: string[] = []): Redact {
  const known = secrets.filter(secret => secret.length >= 8);
  return text => {
    let result = text;
    for (const secret of known) result = result.replaceAll(secret, REDACTED);
    for (const shape of SHAPES) result = result.replace(shape, REDACTED);
    return result;
  };
}
