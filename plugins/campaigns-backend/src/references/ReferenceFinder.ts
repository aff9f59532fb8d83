import { InputError } from '@backstage/errors';
import {
  MappingTable,
  Reference,
  RewriteOptions,
  RewriteResult,
  SourceFile,
  YamlAnswers,
} from '@skein/mapping-rewriter';
import { commandPath } from './commandPath';
import {
  ReferenceLimits,
  ReferenceProcess,
  RewriterAnswer,
} from './ReferenceProcess';

/** How a {@link ReferenceFinder} works. */
export interface ReferenceFinderOptions extends Partial<ReferenceLimits> {
  /** Processes at one time. Default: 2. */
  concurrency?: number;
  /** Default: the rewriter's command. */
  commandFile?: string;
}

/** What names in files mean. */
export type ReferenceOptions = Pick<
  RewriteOptions,
  'dialect' | 'defaultProject' | 'schemas'
>;

/** Characters of one request at most. */
const MAX_REQUEST_LENGTH = 64 * 1024 ** 2;
const IDLE_MILLISECONDS = 30_000;

/**
 * Finds the datasets that files read and write, and what YAML says, in processes
 * of their own with bounds on time, memory and answers: texts of others must not
 * stall the backend.
 */
export class ReferenceFinder {
  readonly #commandFile: string;
  readonly #limits: ReferenceLimits;
  readonly #concurrency: number;
  readonly #idle: Array<{ process: ReferenceProcess; timer: NodeJS.Timeout }> =
    [];
  readonly #busy = new Set<ReferenceProcess>();
  readonly #waiting: Array<() => void> = [];
  #taken = 0;
  #stopped = false;

  private constructor(options: ReferenceFinderOptions) {
    this.#commandFile = options.commandFile ?? commandPath();
    this.#concurrency = options.concurrency ?? 2;
    this.#limits = {
      timeoutMilliseconds: options.timeoutMilliseconds ?? 20_000,
      memoryMegabytes: options.memoryMegabytes ?? 512,
      answerBytes: options.answerBytes ?? 64 * 1024 ** 2,
    };
  }

  /** @throws Error where the rewriter's command has not been built */
  static create(options: ReferenceFinderOptions = {}): ReferenceFinder {
    return new ReferenceFinder(options);
  }

  /**
   * @param files - text files of one project
   * @throws ReferenceLimitError where it took more time or memory than it may
   * @throws UnresolvedError where the resolver failed on the files
   */
  async find(
    files: SourceFile[],
    options: ReferenceOptions = {},
    signal?: AbortSignal,
  ): Promise<Reference[]> {
    const { references } = await this.#ask({ files, options }, signal);
    return references;
  }

  /**
   * What mapping tables make of files.
   *
   * @throws ReferenceLimitError where it took more time or memory than it may
   * @throws UnresolvedError where the resolver failed on the files
   */
  async rewrite(
    files: SourceFile[],
    mappings: MappingTable[],
    options: RewriteOptions,
    signal?: AbortSignal,
  ): Promise<RewriteResult> {
    const { rewrite } = await this.#ask({ files, mappings, options }, signal);
    return rewrite;
  }

  /**
   * What a YAML text says, however long it is.
   *
   * @throws ReferenceLimitError where it took more time or memory than it may
   * @throws UnresolvedError where the text is beyond the limits
   */
  async readYaml<Question extends keyof YamlAnswers>(
    question: Question,
    yaml: string,
    signal?: AbortSignal,
  ): Promise<YamlAnswers[Question]> {
    const answer = await this.#ask({ question, yaml }, signal);
    return answer.yaml as YamlAnswers[Question];
  }

  /** Ends what runs. */
  stop(): void {
    this.#stopped = true;
    for (const { process, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      process.kill();
    }
    for (const process of this.#busy) process.kill();
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async #ask(
    question:
      | {
          files: SourceFile[];
          mappings?: MappingTable[];
          options: RewriteOptions;
        }
      | { question: keyof YamlAnswers; yaml: string },
    signal: AbortSignal | undefined,
  ): Promise<RewriterAnswer> {
    const request = JSON.stringify(question);
    if (request.length > MAX_REQUEST_LENGTH) {
      throw new InputError(
        `${
          'files' in question ? `${question.files.length} files` : 'A text'
        } of ${
          request.length
        } characters are more than can be looked through at once`,
      );
    }
    while (this.#taken >= this.#concurrency && !this.#stopped) {
      await this.#waitForPlace(signal);
    }
    if (this.#stopped) throw new Error('The backend stops');
    const own = this.#take();
    this.#busy.add(own);
    try {
      return await own.ask(request, signal);
    } finally {
      this.#busy.delete(own);
      this.#giveBack(own);
    }
  }

  async #waitForPlace(signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>(resolve => this.#waiting.push(resolve));
    if (signal?.aborted) {
      this.#waiting.shift()?.();
      throw signal.reason;
    }
  }

  #take(): ReferenceProcess {
    this.#taken += 1;
    for (let last = this.#idle.pop(); last; last = this.#idle.pop()) {
      clearTimeout(last.timer);
      if (!last.process.ended) return last.process;
    }
    return ReferenceProcess.start(this.#commandFile, this.#limits);
  }

  #giveBack(own: ReferenceProcess): void {
    this.#taken -= 1;
    if (!own.ended) {
      const timer = setTimeout(() => own.kill(), IDLE_MILLISECONDS);
      timer.unref();
      this.#idle.push({ process: own, timer });
    }
    this.#waiting.shift()?.();
  }
}
