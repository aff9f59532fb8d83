import { parseAllDocuments } from 'yaml';
import { TextCheck } from '../types';

/** Bytes of YAML that are parsed; a target with more is not checked, since it would take minutes. */
const TOTAL_BYTES = 8 * 1024 ** 2;

/** Every YAML file of the target parses. */
export const yamlCheck: TextCheck = {
  name: 'YAML parses',
  verifies: false,
  applies(files) {
    const yaml = files.filter(isYaml);
    const bytes = yaml.reduce((sum, file) => sum + file.content.length, 0);
    return yaml.length > 0 && bytes <= TOTAL_BYTES;
  },
  problems: files =>
    files.filter(isYaml).flatMap(file => {
      const documents = parseAllDocuments(file.content, {
        prettyErrors: false,
      });
      const error = [...documents].flatMap(document => document.errors)[0];
      if (!error) return [];
      const line = file.content.slice(0, error.pos[0]).split('\n').length;
      const [message] = error.message.split('\n');
      return [{ file: file.path, line, message }];
    }),
};

function isYaml(file: { path: string }): boolean {
  return /\.ya?ml$/.test(file.path);
}
