import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';

/** A link to the owner, or that nobody is known. */
export function Owner(props: { ownerRef?: string }) {
  const { ownerRef } = props;
  if (!ownerRef) return <>No owner known</>;
  return isEntityRef(ownerRef) ? (
    <EntityRefLink entityRef={ownerRef} defaultKind="group" />
  ) : (
    <>{ownerRef}</>
  );
}

function isEntityRef(ref: string): boolean {
  try {
    parseEntityRef(ref, { defaultKind: 'group' });
    return true;
  } catch {
    return false;
  }
}
