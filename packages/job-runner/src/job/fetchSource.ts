import { join } from 'path';
import { rm } from 'fs/promises';
import { Checkout } from '../checkout/Checkout';
import { linkRepository } from '../checkout/linkRepository';
import { JobContext } from './JobContext';
import { JobFailure } from './JobFailure';

/** Fetches the source and checks it out. @throws JobFailure `source-unavailable` */
export async function fetchSource(context: JobContext): Promise<Checkout> {
  const { client, log, signal, spec, workFolder } = context;
  log.phase('source', `Fetching ${spec.target.repository}`);
  const bundle = join(workFolder, 'source.bundle');
  try {
    await client.getSource(bundle, signal);
    const checkout = await Checkout.create(bundle, workFolder, signal);
    await rm(bundle);
    await linkRepository(checkout);
    return checkout;
  } catch (error) {
    signal.throwIfAborted();
    if ((error as Error).name === 'AttemptOverError') throw error;
    throw new JobFailure('source-unavailable', (error as Error).message);
  }
}
