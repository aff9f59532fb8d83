import { parseAllDocuments } from 'yaml';
import { TextCheck } from './Verifier';

/** Bytes of YAML that are parsed; a target with more is not checked, since it would take minutes. */
const TOTAL_BYTES = 8 * 1024 ** 2;

/** Every YAML file of the target parses. */
export const yamlCheck: TextCheck = {
  name: 'YAML parses',
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
      return error ? [`${file.path}: ${error.message.split('\n')[0]}`] : [];
    }),
};

function isYaml(file: { path: string }): boolean {
  return /\.ya?ml$/.test(file.path);
}
