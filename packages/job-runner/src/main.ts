import { isMainThread } from 'worker_threads';
import { text } from 'stream/consumers';
import { runMcpServer } from './mcp/runMcpServer';
import { runAttempt } from './runner';
import { answerSampleRequest } from './samples/answerSampleRequest';
import {
  answerInThread,
  createThreadRewriter,
} from './transform/RewriterThread';

async function main(): Promise<void> {
  const { SKEIN_JOB_URL, SKEIN_JOB_TOKEN, SKEIN_WORK_FOLDER, SKEIN_SANDBOX } =
    process.env;
  if (!SKEIN_JOB_URL || !SKEIN_WORK_FOLDER) {
    throw new Error(
      'SKEIN_JOB_URL and SKEIN_WORK_FOLDER must be set; the backend starts job runners',
    );
  }
  // From standard input where it can be: an environment can be read by the checks that run here.
  const token = SKEIN_JOB_TOKEN ?? (await text(process.stdin)).trim();
  await runAttempt({
    url: SKEIN_JOB_URL,
    token,
    workFolder: SKEIN_WORK_FOLDER,
    sandbox: SKEIN_SANDBOX ?? 'How this job is confined is not known.',
    runnerFile: __filename,
    rewriter: createThreadRewriter(__filename),
    environment: process.env,
  });
}

function run(): Promise<void> {
  if (!isMainThread) return answerInThread();
  switch (process.argv[2]) {
    case 'mcp':
      return runMcpServer(process.env);
    case 'samples':
      return answerSampleRequest();
    default:
      return main();
  }
}

run().catch(error => {
  // eslint-disable-next-line no-console
  console.error(String(error?.message ?? error));
  process.exitCode = 1;
});
