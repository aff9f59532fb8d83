import { once } from 'events';
import { text } from 'stream/consumers';
import { loadDuckDb, loadPolyglot } from './optionalPackages';
import { runRequest } from './run/runRequest';
import { Transpile } from './sql/toDuckDb';
import { SampleAnswer, SampleRequest } from './types';

/**
 * What the process that runs SQL on sample rows does: a request on standard
 * input, answers on standard output, a line of JSON each.
 */
export async function answerSampleRequest(): Promise<void> {
  const request: SampleRequest = JSON.parse(await text(process.stdin));
  const emit = (answer: SampleAnswer) =>
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  let transpile: Transpile;
  try {
    loadDuckDb();
    transpile = await loadTranspile();
  } catch (error) {
    const [reason] = String((error as Error).message).split('\n');
    emit({ type: 'unavailable', reason });
    return;
  }
  await runRequest(request, transpile, emit);
  if (!emit({ type: 'done' })) await once(process.stdout, 'drain');
}

async function loadTranspile(): Promise<Transpile> {
  const polyglot = loadPolyglot();
  await polyglot.init();
  return polyglot.transpile as Transpile;
}
