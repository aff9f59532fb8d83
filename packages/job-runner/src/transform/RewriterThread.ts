import { once } from 'events';
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
    async rewrite(files, mappings, options, signal) {
      const worker = new Worker(file, {
        workerData: {
          // Only what the rewriter takes: the rest need not be copied.
          files: files.map(({ path, content }) => ({ path, content })),
          mappings,
          options,
        },
      });
      try {
        const answer = await Promise.race([
          messageOf(worker, signal),
          exitOf(worker),
        ]);
        if ('error' in answer) throw new Error(answer.error);
        return answer.result;
      } finally {
        await worker.terminate();
      }
    },
  };
}

async function messageOf(worker: Worker, signal: AbortSignal): Promise<Answer> {
  const [answer] = await once(worker, 'message', { signal });
  return answer;
}

/** A thread that ran out of memory ends without a word. */
async function exitOf(worker: Worker): Promise<Answer> {
  const [code] = await once(worker, 'exit');
  return { error: `The rewriter ended with code ${code}` };
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
