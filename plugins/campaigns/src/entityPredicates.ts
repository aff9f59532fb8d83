import { Entity } from '@backstage/catalog-model';

/** Whether an entity is a dataset, and so has lineage. @public */
export function isDataset(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'resource' &&
    entity.spec?.type === 'dataset'
  );
}

/** Whether an entity can have targets: a component has its own, a group or user those it owns. @public */
export function canHaveMigrations(entity: Entity): boolean {
  return ['component', 'group', 'user'].includes(
    entity.kind.toLocaleLowerCase('en-US'),
  );
}
