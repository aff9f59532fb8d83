import { startTransition, useEffect, useRef, useState } from 'react';

/** As many as the smallest page has: it is there at once. */
const step = 25;

/**
 * Begins with a few of the items that were not there before, and has the others
 * follow, a few at a time: the page stays free between them. What is there
 * already stays there.
 */
export function useGrowingList<T extends { id: string }>(items: T[]): T[] {
  const [, setRound] = useState(0);
  const known = useRef<ReadonlySet<string>>(new Set());
  let fresh = 0;
  const shown = items.filter(({ id }) => {
    if (known.current.has(id)) return true;
    fresh += 1;
    return fresh <= step;
  });
  const growing = shown.length < items.length;
  useEffect(() => {
    known.current = new Set(shown.map(({ id }) => id));
    if (!growing) return undefined;
    const timer = setTimeout(() =>
      startTransition(() => setRound(round => round + 1)),
    );
    return () => clearTimeout(timer);
  });
  return shown;
}
