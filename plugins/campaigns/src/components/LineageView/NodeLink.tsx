import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';
import { LineageNode } from '@skein/plugin-campaigns-common';

/** A node's name, as a link to its entity; from dataset to dataset a reader stays on the lineage tab. */
export function NodeLink(props: {
  node: Pick<LineageNode, 'entityRef' | 'kind' | 'title'>;
}) {
  const { entityRef, kind, title } = props.node;
  const entityPath = useRouteRef(entityRouteRef);
  if (!entityRef) return <>{title}</>;
  const { kind: entityKind, namespace, name } = parseEntityRef(entityRef);
  const path = entityPath({
    kind: entityKind.toLocaleLowerCase('en-US'),
    namespace,
    name,
  });
  return (
    <Link to={kind === 'dataset' ? `${path}/lineage` : path}>{title}</Link>
  );
}
