import { RepositoryRef } from '@skein/plugin-campaigns-common';

/** Id of the built-in provider that reads the catalog. */
export const CATALOG_PROVIDER_ID = 'catalog';

/** What a source says of a node beside its name. */
export interface NodeMetadata {
  title?: string;
  entityRef?: string;
  ownerRef?: string;
  framework?: string;
  repository?: RepositoryRef;
  path?: string;
}

/** What one source says of a node. */
export interface NodeWitness {
  provider: string;
  metadata: NodeMetadata;
}

/**
 * What all sources together say of a node. The catalog is what people keep
 * right, so it beats the others; among these the provider's id decides, so that
 * the order of reading never matters. Repository and path go together.
 */
export function mergeNodeMetadata(witnesses: NodeWitness[]): NodeMetadata {
  const ranked = [...witnesses]
    .sort(
      (a, b) =>
        rank(a.provider) - rank(b.provider) || compare(a.provider, b.provider),
    )
    .map(witness => witness.metadata);
  const first = <K extends keyof NodeMetadata>(key: K) =>
    ranked.find(metadata => metadata[key] !== undefined)?.[key];
  const code = ranked.find(metadata => metadata.repository);
  return {
    title: first('title'),
    entityRef: first('entityRef'),
    ownerRef: first('ownerRef'),
    framework: first('framework'),
    repository: code?.repository,
    path: code && (code.path ?? ''),
  };
}

function rank(provider: string): number {
  return provider === CATALOG_PROVIDER_ID ? 0 : 1;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
