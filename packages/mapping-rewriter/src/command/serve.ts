import { Readable, Writable } from 'stream';
import { references } from '../rewrite/references';
import { rewrite } from '../rewrite/rewrite';
import { answerYaml, YamlAnswers } from '../yaml/answerYaml';
import { MappingTable, RewriteOptions, SourceFile } from '../types';

/** One line of {@link serve}'s input, as JSON. */
export interface ReferencesRequest {
  files: SourceFile[];
  options?: Pick<RewriteOptions, 'dialect' | 'defaultProject' | 'schemas'>;
}

/** Another: what a mapping table makes of the files. */
export interface RewriteRequest {
  files: SourceFile[];
  mappings: MappingTable[];
  options?: RewriteOptions;
}

/** Another: what a YAML text says. */
export interface YamlRequest {
  question: keyof YamlAnswers;
  yaml: string;
}

/**
 * Answers requests for references, rewrites and YAML, one line of JSON each, until its input ends.
 * A process of its own can be given limits, and killed: that is what code of
 * others deserves.
 */
export async function serve(input: Readable, output: Writable): Promise<void> {
  for await (const line of linesOf(input)) {
    output.write(`${JSON.stringify(answer(line))}\n`);
  }
}

function answer(line: string) {
  try {
    const request = JSON.parse(line) as
      | ReferencesRequest
      | RewriteRequest
      | YamlRequest;
    if ('yaml' in request) {
      return { yaml: answerYaml(request.question, request.yaml) };
    }
    const { files, options } = request;
    return 'mappings' in request
      ? { rewrite: rewrite(files, request.mappings, options) }
      : { references: references(files, options) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Lines by line feed alone: Node's readline also ends one at U+2028, which JSON texts may hold. */
async function* linesOf(input: Readable): AsyncIterable<string> {
  input.setEncoding('utf8');
  let parts: string[] = [];
  for await (const chunk of input as AsyncIterable<string>) {
    const [first, ...rest] = chunk.split('\n');
    parts.push(first);
    for (const part of rest) {
      yield parts.join('');
      parts = [part];
    }
  }
}
