import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { PageRequest } from '@skein/plugin-campaigns-common';
import { useEntityTargets } from '../../data/queries';

/** Targets of a component, or those that a group or user owns. */
export function useTargetsOfEntity(page: PageRequest) {
  const { entity } = useEntity();
  const ref = stringifyEntityRef(entity);
  const owner = ['group', 'user'].includes(
    entity.kind.toLocaleLowerCase('en-US'),
  );
  const query = useEntityTargets(
    owner ? { ownerRef: ref } : { entityRef: ref },
    page,
  );
  return { query, owner };
}
