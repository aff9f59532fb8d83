import { ChildProcess, spawn } from 'child_process';
import { constants, setPriority, tmpdir } from 'os';
import { Reference, RewriteResult, YamlAnswers } from '@skein/mapping-rewriter';
import { ReferenceLimitError } from './ReferenceLimitError';
import { UnresolvedError } from './UnresolvedError';

/** What one request may cost. */
export interface ReferenceLimits {
  /** Wall-clock time of one request. */
  timeoutMilliseconds: number;
  /** Heap of the process. */
  memoryMegabytes: number;
  /** Length of one answer. */
  answerBytes: number;
}

/** What the rewriter's command answers, by what was asked. */
export interface RewriterAnswer {
  references: Reference[];
  rewrite: RewriteResult;
  yaml: YamlAnswers[keyof YamlAnswers];
}

/**
 * A process that finds references, one request at a time. It gets the texts
 * alone, and nothing of this one's environment. Breaking a limit ends it.
 */
export class ReferenceProcess {
  readonly #child: ChildProcess;
  readonly #limits: ReferenceLimits;
  #answer: Buffer[] = [];
  #answerBytes = 0;
  #settle?: (result: { line: string } | { error: Error }) => void;
  #ended = false;

  private constructor(child: ChildProcess, limits: ReferenceLimits) {
    this.#child = child;
    this.#limits = limits;
  }

  static start(commandFile: string, limits: ReferenceLimits): ReferenceProcess {
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${limits.memoryMegabytes}`, commandFile, 'serve'],
      { env: {}, cwd: tmpdir(), stdio: ['pipe', 'pipe', 'ignore'] },
    );
    const started = new ReferenceProcess(child, limits);
    child.on('error', error => started.#end(error));
    child.on('exit', (code, signal) =>
      started.#end(endOf(code, signal, limits)),
    );
    child.stdin!.on('error', () => {}); // It may end before it has read.
    child.stdout!.on('data', (chunk: Buffer) => started.#receive(chunk));
    if (child.pid !== undefined) lowerPriority(child.pid);
    return started;
  }

  /** Whether it takes no further request. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * @param request - one line of JSON
   * @throws ReferenceLimitError where it took more than its limits
   * @throws UnresolvedError where the resolver failed on the files
   */
  async ask(request: string, signal?: AbortSignal): Promise<RewriterAnswer> {
    signal?.throwIfAborted();
    const timer = setTimeout(
      () =>
        this.#end(
          new ReferenceLimitError(
            `took longer than ${
              this.#limits.timeoutMilliseconds / 1000
            } seconds`,
          ),
        ),
      this.#limits.timeoutMilliseconds,
    );
    const onAbort = () => this.#end(signal!.reason);
    signal?.addEventListener('abort', onAbort);
    try {
      const result = await new Promise<{ line: string } | { error: Error }>(
        resolve => {
          this.#settle = resolve;
          this.#child.stdin!.write(`${request}\n`);
        },
      );
      if ('error' in result) throw result.error;
      const answer = JSON.parse(result.line) as
        | RewriterAnswer
        | { error: string };
      if ('error' in answer) throw new UnresolvedError(answer.error);
      return answer;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      this.#settle = undefined;
    }
  }

  kill(): void {
    this.#end(new Error('The backend stops'));
  }

  #receive(chunk: Buffer): void {
    this.#answer.push(chunk);
    this.#answerBytes += chunk.length;
    if (this.#answerBytes > this.#limits.answerBytes) {
      const bytes = this.#limits.answerBytes;
      this.#end(new ReferenceLimitError(`found more than ${bytes} bytes hold`));
    } else if (chunk[chunk.length - 1] === 0x0a) {
      const line = Buffer.concat(this.#answer).toString('utf8');
      this.#answer = [];
      this.#answerBytes = 0;
      this.#settle?.({ line });
    }
  }

  #end(error: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#answer = [];
    this.#child.kill('SIGKILL');
    this.#settle?.({ error });
  }
}

function endOf(
  code: number | null,
  signal: string | null,
  { memoryMegabytes }: ReferenceLimits,
): Error {
  // How V8 ends where its heap is full.
  if (signal === 'SIGABRT' || code === 134) {
    return new ReferenceLimitError(
      `needed more than ${memoryMegabytes} MiB of memory`,
    );
  }
  return new Error(
    `The process that finds references ended by itself (${signal ?? code})`,
  );
}

/** Requests of people go before scans. */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system does not let us.
  }
}
