import { createHash } from 'crypto';

const MAX_LENGTH = 63;

/**
 * The name of the Resource for a dataset: the dataset's own name where the
 * catalog allows it; otherwise as much of it as is allowed, and a part of its
 * digest, so that two datasets never share a name.
 *
 * @param name - dotted, lower case
 * @param options - `digest` asks for one in any case, where the plain name is taken
 */
export function entityName(
  name: string,
  options: { digest?: boolean } = {},
): string {
  const allowed = name
    .replace(/\*/g, 'all')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/([._-])[._-]+/g, '$1')
    .replace(/^[._-]+|[._-]+$/g, '');
  if (allowed === name && name.length <= MAX_LENGTH && !options.digest) {
    return name;
  }
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 10);
  const start = allowed
    .slice(0, MAX_LENGTH - digest.length - 1)
    .replace(/[._-]+$/, '');
  return start === '' ? digest : `${start}-${digest}`;
}
