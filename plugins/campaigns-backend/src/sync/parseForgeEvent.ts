import { ForgeEventPayload } from '@skein/plugin-campaigns-node';

/**
 * Checks the shape of an event before anything is done for it.
 *
 * @returns undefined where it has another shape
 */
export function parseForgeEvent(
  payload: unknown,
): ForgeEventPayload | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { type, repository, number, said, branch } =
    payload as ForgeEventPayload;
  if (
    typeof repository !== 'object' ||
    repository === null ||
    !isName(repository.host) ||
    !isName(repository.owner) ||
    !isName(repository.name)
  ) {
    return undefined;
  }
  const { host, owner, name } = repository;
  const place = { host, owner, name };
  if (type === 'pullRequestChanged') {
    return number === undefined || (Number.isSafeInteger(number) && number > 0)
      ? { type, repository: place, number, ...(said === true && { said }) }
      : undefined;
  }
  return type === 'pushed' && (branch === undefined || isName(branch))
    ? { type, repository: place, branch }
    : undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 255;
}
