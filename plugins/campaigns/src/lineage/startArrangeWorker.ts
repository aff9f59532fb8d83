/**
 * Starts the worker that arranges pictures.
 *
 * Its address is the package's own export, since that is the one that bundlers
 * resolve to the same file in this repository and in an app that has installed
 * the package. It becomes a file of the app, which the usual content security
 * policy allows; a worker from a blob is what it forbids.
 */
export function startArrangeWorker(): Worker {
  return new Worker(
    new URL('@skein/plugin-campaigns/arrange-worker', import.meta.url),
  );
}
