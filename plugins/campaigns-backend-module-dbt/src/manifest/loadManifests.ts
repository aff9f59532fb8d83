import { readdir, readFile, stat } from 'fs/promises';
import { ResponseError } from '@backstage/errors';
import { fetchWithinOrigin } from '@skein/plugin-campaigns-node';
import { join } from 'path';
import { ManifestLocation } from './ManifestLocation';

/** A larger manifest is refused: tens of thousands of models stay below this. */
const MAX_BYTES = 512 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 120_000;

/** A manifest's text and the name of its place. */
export interface LoadedManifest {
  where: string;
  text: string;
}

/**
 * Brings the manifests of a location: one, or those of a folder and of the
 * folders right below it.
 *
 * @throws Error where it cannot be read or is too large
 */
export async function loadManifests(
  location: ManifestLocation,
  signal: AbortSignal,
): Promise<LoadedManifest[]> {
  if (location.url !== undefined) {
    return [await download(location.url, location.headers, signal)];
  }
  const path = location.path!;
  const files = (await stat(path)).isDirectory()
    ? await manifestsIn(path)
    : [path];
  const manifests: LoadedManifest[] = [];
  for (const file of files) {
    checkSize(file, (await stat(file)).size);
    manifests.push({ where: file, text: await readFile(file, 'utf8') });
  }
  return manifests;
}

async function manifestsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.isFile() && entry.name === 'manifest.json') {
      found.push(join(folder, entry.name));
    }
    if (entry.isDirectory()) {
      const file = join(folder, entry.name, 'manifest.json');
      const candidate = await stat(file).catch(() => undefined);
      if (candidate?.isFile()) found.push(file);
    }
  }
  return found.sort();
}

async function download(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<LoadedManifest> {
  const response = await fetchWithinOrigin(url, {
    headers,
    signal: AbortSignal.any([
      signal,
      AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    ]),
  });
  if (!response.ok) throw await ResponseError.fromResponse(response);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    checkSize(url, size);
    chunks.push(chunk);
  }
  return { where: url, text: Buffer.concat(chunks).toString('utf8') };
}

function checkSize(where: string, bytes: number): void {
  if (bytes > MAX_BYTES) {
    throw new Error(
      `${where} is larger than ${
        MAX_BYTES / 1024 / 1024
      } MiB; split the project`,
    );
  }
}
