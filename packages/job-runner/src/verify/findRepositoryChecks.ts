import { Checkout } from '../checkout/Checkout';
import { makefileVerifier } from './makefileVerifier';
import { skeinFileVerifier } from './skeinFileVerifier';
import { testScriptVerifier } from './testScriptVerifier';
import { RepositoryCheck, Verifier } from './Verifier';

/** In the order of their say: the first that finds checks is the one that is used. */
const verifiers: Verifier[] = [
  skeinFileVerifier,
  makefileVerifier,
  testScriptVerifier,
];

const DECLARATION_BYTES = 256 * 1024;

/** The repository's own checks of a target: those of its folder, or else those of the repository's root. */
export async function findRepositoryChecks(
  checkout: Checkout,
  path: string,
): Promise<RepositoryCheck[]> {
  const folders = path === '' ? [''] : [path, ''];
  const places = verifiers.flatMap(verifier =>
    folders.map(folder => ({
      verifier,
      folder,
      file: folder === '' ? verifier.file : `${folder}/${verifier.file}`,
    })),
  );
  const found = await checkout.findFiles(places.map(place => place.file));
  const readable = found.filter(file => file.size <= DECLARATION_BYTES);
  const contents = await checkout.readFiles(readable);
  for (const { verifier, folder, file } of places) {
    const index = readable.findIndex(each => each.path === file);
    if (index < 0) continue;
    const checks = verifier.detect(
      {
        content: contents[index].toString('utf8'),
        executable: readable[index].mode === '100755',
      },
      folder,
    );
    if (checks.length > 0) return checks;
  }
  return [];
}
