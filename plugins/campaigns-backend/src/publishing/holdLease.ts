/**
 * Keeps a lease while work is done, and stops the work where the lease is lost.
 *
 * @param renew - pushes the lease's end forward; throws where it is lost
 */
export async function holdLease<T>(
  options: {
    leaseMilliseconds: number;
    renew: () => Promise<unknown>;
    signal: AbortSignal;
  },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const timer = setInterval(() => {
    options.renew().catch(error => lost.abort(error));
  }, options.leaseMilliseconds / 3);
  try {
    return await work(AbortSignal.any([options.signal, lost.signal]));
  } finally {
    clearInterval(timer);
  }
}
