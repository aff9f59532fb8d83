import { NotFoundError } from '@backstage/errors';
import { Target, targetReadPermission } from '@skein/plugin-campaigns-common';
import { Request } from 'express';
import { listTargets } from '../database/operations/targets/listTargets';
import { RouterOptions } from './RouterOptions';

/**
 * The target that a request is about, if its caller may read it.
 *
 * @param missing - what to say where not, so that nobody learns what there is
 * @throws NotFoundError
 */
export async function findTarget(
  { authorizer, knex }: Pick<RouterOptions, 'authorizer' | 'knex'>,
  request: Request,
  targetId: string,
  missing = `No target with id ${targetId}`,
): Promise<Target> {
  const caller = await authorizer.identify(request);
  const readable = await authorizer.filter(caller, targetReadPermission);
  const { items } = await listTargets(knex, { targetId }, {}, readable);
  if (items.length === 0) throw new NotFoundError(missing);
  return items[0];
}
