import { answerYaml } from '@skein/mapping-rewriter';
import { RepositoryYaml } from '../references';

/** For tests: all YAML is read in this process. */
export const directYaml: RepositoryYaml = {
  read: async (question, text) => answerYaml(question, text),
};
