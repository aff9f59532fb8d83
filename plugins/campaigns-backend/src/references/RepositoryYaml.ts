import { answerYaml, YamlAnswers } from '@skein/mapping-rewriter';

/** Reads YAML of repositories. */
export interface RepositoryYaml {
  /**
   * @throws Error that says why it could not be answered: the text is beyond a limit
   */
  read<Question extends keyof YamlAnswers>(
    question: Question,
    text: string,
    signal?: AbortSignal,
  ): Promise<YamlAnswers[Question]>;
}

/** Where longer texts are read; a `ReferenceFinder`. */
export interface YamlProcess {
  readYaml: RepositoryYaml['read'];
}

/**
 * Up to this length, the worst text takes some 50 ms of a processor, and a
 * usual one no longer than asking another process.
 */
const MAX_OWN_CHARACTERS = 16 * 1024;

/** Short texts are read here, longer ones in a process of its own. */
export function repositoryYaml(process: YamlProcess): RepositoryYaml {
  return {
    read: async (question, text, signal) =>
      text.length <= MAX_OWN_CHARACTERS
        ? answerYaml(question, text)
        : await process.readYaml(question, text, signal),
  };
}
