import { createHash } from 'crypto';

/** What a sample is spread over. */
export interface SampleTarget {
  id: string;
  framework: string;
  ownerRef?: string;
}

/**
 * Chooses targets that stand for all: of each framework its share, but one at
 * least where the size allows it, and within a framework one of each owner
 * before a second of any. The same targets give the same sample in whatever
 * order they come, and a larger sample has all of a smaller one in it.
 *
 * @returns `size` targets, or all where there are fewer
 */
export function chooseSample<T extends SampleTarget>(
  targets: T[],
  size: number,
): T[] {
  const frameworks = groupBy(shuffled(targets), ({ framework }) => framework)
    .map(group => ({ count: group.length, queue: spreadOverOwners(group) }))
    .sort((a, b) => b.count - a.count || byDraw(a.queue[0], b.queue[0]));
  const sample: T[] = [];
  const taken = frameworks.map(() => 0);
  while (sample.length < Math.min(size, targets.length)) {
    const next = nextFramework(frameworks, taken);
    sample.push(frameworks[next].queue[taken[next]]);
    taken[next] += 1;
  }
  return sample;
}

/** Those without any come first, the largest of them; then whoever is furthest behind its share. */
function nextFramework(
  frameworks: Array<{ count: number }>,
  taken: number[],
): number {
  const empty = taken.indexOf(0);
  if (empty >= 0) return empty;
  let best = -1;
  let highest = 0;
  frameworks.forEach(({ count }, index) => {
    const claim = count / (taken[index] + 1);
    if (taken[index] < count && claim > highest) {
      best = index;
      highest = claim;
    }
  });
  return best;
}

/** The first of each owner, those with the most targets first; then the second of each, and so on. */
function spreadOverOwners<T extends SampleTarget>(targets: T[]): T[] {
  const owners = groupBy(targets, ({ ownerRef }) => ownerRef ?? '').sort(
    (a, b) => b.length - a.length || byDraw(a[0], b[0]),
  );
  const rounds = owners[0]?.length ?? 0;
  return Array.from({ length: rounds }, (_, round) =>
    owners.flatMap(owner => owner.slice(round, round + 1)),
  ).flat();
}

/** In an order that is the same each time and follows no name: repositories that are named alike are often alike. */
function shuffled<T extends SampleTarget>(targets: T[]): T[] {
  return [...targets].sort(byDraw);
}

function byDraw(a: SampleTarget, b: SampleTarget): number {
  return drawOf(a.id).localeCompare(drawOf(b.id)) || a.id.localeCompare(b.id);
}

function drawOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
