import { SpecProblem } from '@skein/plugin-campaigns-common';
import { LocatedDocument } from './LocatedDocument';

export function error(message: string): SpecProblem {
  return { severity: 'error', message };
}

/** A file that the campaign file names and that was not sent with it. */
export function missingFile(
  document: LocatedDocument,
  path: string,
  file: string,
): SpecProblem {
  return {
    ...error(
      `The file '${file}' was not given; send it along with the campaign file`,
    ),
    ...document.locate(path),
    path,
  };
}
