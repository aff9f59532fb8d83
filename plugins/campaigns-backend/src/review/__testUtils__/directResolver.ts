import { answerYaml, references, rewrite } from '@skein/mapping-rewriter';
import { MappingResolver } from '../mapping/analyzeMapping';

/** For tests: the rewriter in this process. */
export const directResolver: MappingResolver = {
  rewrite: async (...input) => rewrite(...input),
  find: async (...input) => references(...input),
  readYaml: async (question, text) => answerYaml(question, text),
};
