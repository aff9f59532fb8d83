import { CodeownersRule } from '../codeowners/codeowners';
import { CatalogRepository } from '@skein/plugin-campaigns-node';
import { ownerFromCodeowners } from './ownerFromCodeowners';
import { deepestWithin, isWithin } from './paths';
import { ScopeConsumer } from './types';

/**
 * The catalog entity of a place and its owner: the nearest component that holds
 * the place, or the only one inside it; then what lineage says; then CODEOWNERS.
 */
export function ownershipOf(
  path: string,
  components: CatalogRepository[],
  consumers: ScopeConsumer[],
  codeowners: CodeownersRule[] | undefined,
): { entityRef?: string; ownerRef?: string } {
  const inside = components.filter(each => isWithin(each.path, path));
  const component =
    deepestWithin(path, components) ??
    (inside.length === 1 ? inside[0] : undefined);
  const nodes = consumers.map(each => each.consumer.node);
  return {
    entityRef:
      component?.entityRef ?? nodes.find(node => node.entityRef)?.entityRef,
    ownerRef:
      component?.ownerRef ??
      nodes.find(node => node.ownerRef)?.ownerRef ??
      (codeowners === undefined
        ? undefined
        : ownerFromCodeowners(codeowners, path)),
  };
}
