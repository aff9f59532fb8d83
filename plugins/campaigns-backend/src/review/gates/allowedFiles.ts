import ignore from 'ignore';
import { checkEach } from './checkEach';
import { Gate } from './Gate';

/** Keeps a change among the files that the campaign allows, by the patterns of a `.gitignore`. */
export const allowedFiles: Gate = {
  name: 'allowedFiles',
  check({ files, spec }) {
    if (!spec.allowedFiles) return [];
    const allowed = ignore().add(spec.allowedFiles);
    const message = `The campaign allows changes in ${spec.allowedFiles.join(
      ', ',
    )} alone`;
    return checkEach(files, ({ path }) =>
      allowed.ignores(path) ? [] : [{ file: path, message }],
    );
  },
};
