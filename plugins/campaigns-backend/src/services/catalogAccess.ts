import { Forges } from '../repositories';
import { ServicesOptions } from './ServicesOptions';

/** How parts read the catalog on behalf of the plugin. */
export function catalogAccess(
  { auth, catalog }: ServicesOptions,
  forges: Forges,
) {
  const hosts = forges.all().flatMap(forge => forge.hosts());
  return {
    auth,
    catalog,
    // With several forges a slug alone does not say where it is.
    defaultHost: hosts.length === 1 ? hosts[0] : undefined,
  };
}
