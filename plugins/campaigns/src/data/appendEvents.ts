import { JobEvent } from '@skein/plugin-campaigns-common';

/** A browser shows this many lines of a log; older ones give way. */
const mostEvents = 5_000;

/** Puts newly read events after the known ones, each once and in order, however pages overlap. */
export function appendEvents(
  known: JobEvent[],
  read: JobEvent[],
  most: number = mostEvents,
): JobEvent[] {
  const last = known[known.length - 1]?.id ?? -1;
  const fresh = read.filter(({ id }) => id > last);
  if (fresh.length === 0) return known;
  return [...known, ...fresh].slice(-most);
}
