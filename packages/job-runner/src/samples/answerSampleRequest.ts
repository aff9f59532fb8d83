import { once } from 'events';
import { text } from 'stream/consumers';
import { setFlagsFromString } from 'v8';
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
  const incomplete = await runRequest(request, transpile, emit);
  if (!emit({ type: 'done', incomplete })) await once(process.stdout, 'drain');
}

async function loadTranspile(): Promise<Transpile> {
  // Else V8 compiles its 22 MB anew in the background, with all processors and
  // for longer than the process has to live. A V8 without the flag ignores it.
  setFlagsFromString('--liftoff-only');
  const polyglot = loadPolyglot();
  await polyglot.init();
  return polyglot.transpile as Transpile;
}
