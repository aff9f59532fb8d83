import { accessSync, constants, lstatSync, statSync } from 'fs';
import { delimiter, join } from 'path';
import { Checkout } from '../checkout/Checkout';
import { FolderView } from './types';

const DECLARATION_BYTES = 256 * 1024;

/**
 * Looks at a folder of the source: names and texts are git's, so that no link
 * and nothing that a check wrote decides what is run.
 *
 * @param texts - names of the files that may be read
 */
export async function viewFolder(
  checkout: Checkout,
  folder: string,
  texts: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<FolderView> {
  const files = await checkout.listFolder(folder);
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const readable = files.filter(
    file => texts.includes(nameOf(file.path)) && file.size <= DECLARATION_BYTES,
  );
  const contents = await checkout.readFiles(readable);
  const byName = new Map(
    readable.map((file, at) => [
      nameOf(file.path),
      contents[at].toString('utf8'),
    ]),
  );
  const executable = new Set(
    files.filter(file => file.mode === '100755').map(file => nameOf(file.path)),
  );
  return {
    folder,
    names: new Set(files.map(file => nameOf(file.path))),
    read: name => byName.get(name),
    isExecutable: name => executable.has(name),
    inWorkTree: path => exists(join(checkout.folder, folder, path)),
    hasProgram: name => isOnPath(name, environment.PATH ?? ''),
  };
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isOnPath(name: string, path: string): boolean {
  return path.split(delimiter).some(folder => {
    const program = join(folder, name);
    try {
      accessSync(program, constants.X_OK);
      return folder !== '' && statSync(program).isFile();
    } catch {
      return false;
    }
  });
}
