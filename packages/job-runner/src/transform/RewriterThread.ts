import { parentPort, Worker, workerData } from 'worker_threads';
import { rewrite, RewriteResult } from '@skein/mapping-rewriter';
import { Rewriter } from './Rewriter';

type Answer = { result: RewriteResult } | { error: string };

/**
 * The mapping rewriter in a thread of its own: it computes for as long as it
 * takes, and meanwhile the runner keeps its lease and obeys its limits.
 */
export function createThreadRewriter(file: string): Rewriter {
  return {
    rewrite: (files, mappings, options, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const worker = new Worker(file, {
          workerData: {
            // Only what the rewriter takes: the rest need not be copied.
            files: files.map(({ path, content }) => ({ path, content })),
            mappings,
            options,
          },
        });
        const end = (settle: () => void) => {
          signal.removeEventListener('abort', onAbort);
          settle();
          worker.terminate();
        };
        const onAbort = () => end(() => reject(signal.reason));
        signal.addEventListener('abort', onAbort);
        worker.once('message', (answer: Answer) =>
          end(() =>
            'result' in answer
              ? resolve(answer.result)
              : reject(new Error(answer.error)),
          ),
        );
        worker.once('error', error => end(() => reject(error)));
        worker.once('exit', code =>
          end(() => reject(new Error(`The rewriter ended with code ${code}`))),
        );
      }),
  };
}

/** What the thread does. */
export async function answerInThread(): Promise<void> {
  const { files, mappings, options } = workerData;
  let answer: Answer;
  try {
    answer = { result: await rewrite(files, mappings, options) };
  } catch (error) {
    answer = { error: String((error as Error).stack ?? error) };
  }
  parentPort!.postMessage(answer);
}
