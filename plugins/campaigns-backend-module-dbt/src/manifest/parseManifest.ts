import { InputError } from '@backstage/errors';
import { asMap, asText, get, YamlMap } from '../project/YamlMap';
import { ResolvedProject } from '../types';
import { ManifestReader } from './ManifestReader';

const NEWEST_VERSION = 12;

/**
 * Reads what dbt wrote: `manifest.json` of versions 1 to 12. The parts of it
 * that lineage needs have kept their form through all of these.
 *
 * @param where - names the manifest in errors
 * @throws InputError where the text is no manifest, or of a version to come
 */
export function parseManifest(text: string, where: string): ResolvedProject {
  let manifest: YamlMap | undefined;
  try {
    manifest = asMap(JSON.parse(text));
  } catch (error) {
    throw new InputError(`${where} is not JSON: ${(error as Error).message}`);
  }
  const nodes = asMap(get(manifest, 'nodes'));
  if (!manifest || !nodes) {
    throw new InputError(`${where} has no nodes: is it dbt's manifest.json?`);
  }
  const version = versionOf(manifest);
  if (version !== undefined && version > NEWEST_VERSION) {
    throw new InputError(
      `${where} is of version ${version}; versions up to ${NEWEST_VERSION} are known`,
    );
  }
  return new ManifestReader(manifest, nodes).read();
}

function versionOf(manifest: YamlMap): number | undefined {
  const schema = asText(
    get(asMap(get(manifest, 'metadata')), 'dbt_schema_version'),
  );
  const match = /\/manifest\/v(\d{1,6})\.json$/.exec(schema ?? '');
  return match ? Number(match[1]) : undefined;
}
