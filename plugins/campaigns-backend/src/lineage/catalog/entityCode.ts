import {
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  parseRepositoryRef,
  PATH_ANNOTATION,
  PROJECT_SLUG_ANNOTATION,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { trimSlashes } from '../normalizeJobName';

/** Where the code of an entity lies. */
export interface EntityCode {
  repository: RepositoryRef;
  path: string;
}

/**
 * Where an entity's code lies, by its annotations: the slug names the
 * repository, and the source location its host.
 *
 * @param defaultHost - host where the entity has no source location with a URL
 */
export function entityCode(
  entity: Entity,
  defaultHost?: string,
): EntityCode | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const slug = annotations[PROJECT_SLUG_ANNOTATION];
  const host = hostOf(annotations[ANNOTATION_SOURCE_LOCATION]) ?? defaultHost;
  if (!slug || !host) return undefined;
  const repository = parseRepositoryRef(`${host}/${slug.trim()}`);
  if (!repository) return undefined;
  return { repository, path: trimSlashes(annotations[PATH_ANNOTATION] ?? '') };
}

/** `url:https://host/…` to its host; other locations have none. */
function hostOf(location: string | undefined): string | undefined {
  const match = /^url:(https?:\/\/.+)$/.exec(location ?? '');
  return match && URL.canParse(match[1]) ? new URL(match[1]).host : undefined;
}

/** Who owns an entity. */
export function entityOwner(entity: Entity): string | undefined {
  const relation = entity.relations?.find(
    each => each.type === RELATION_OWNED_BY,
  );
  if (relation) return relation.targetRef;
  const owner = entity.spec?.owner;
  if (typeof owner !== 'string' || owner === '') return undefined;
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: entity.metadata.namespace ?? 'default',
      }),
    );
  } catch {
    return undefined;
  }
}

/** How people call an entity. */
export function entityTitle(entity: Entity): string {
  return entity.metadata.title ?? entity.metadata.name;
}
