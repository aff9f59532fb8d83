/** GitHub's published secondary limits. */
export const secondaryLimits = {
  concurrent: 100,
  pointsPerMinute: 900,
  graphqlPointsPerMinute: 2000,
  contentPerMinute: 80,
  contentPerHour: 500,
} as const;

const minute = 60_000;
const hour = 60 * minute;

export interface Cost {
  /** Milliseconds since the epoch */
  at: number;
  points: number;
  graphql: boolean;
  content: boolean;
}

/** REST paths below a repository that write, but not what people read as content. */
const quietWrites =
  /\/(statuses|check-runs|check-suites|git\/(blobs|trees|commits|refs|tags))(\/|$)/;

/** What a request costs by GitHub's rules: reads 1 point, writes 5. */
export function costOf(
  request: { method: string; path: string; mutation?: boolean },
  at: number,
): Cost {
  const graphql = request.mutation !== undefined;
  const write = graphql
    ? request.mutation === true
    : !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  const content = graphql
    ? write
    : ['POST', 'PUT', 'PATCH'].includes(request.method) &&
      /^\/(repos|orgs|user)\//.test(request.path) &&
      !quietWrites.test(request.path);
  return { at, points: write ? 5 : 1, graphql, content };
}

/**
 * Seconds to wait before a request of this cost may be made, given what the
 * same identity has spent; undefined when it may be made now.
 */
export function secondaryWait(
  spent: readonly Cost[],
  concurrent: number,
  cost: Cost,
): number | undefined {
  if (concurrent >= secondaryLimits.concurrent) {
    return 1;
  }
  const waits = [
    waitFor(
      spent.filter(other => other.graphql === cost.graphql),
      other => other.points,
      cost.points,
      cost.graphql
        ? secondaryLimits.graphqlPointsPerMinute
        : secondaryLimits.pointsPerMinute,
      minute,
      cost.at,
    ),
  ];
  if (cost.content) {
    const content = spent.filter(other => other.content);
    const one = () => 1;
    waits.push(
      waitFor(
        content,
        one,
        1,
        secondaryLimits.contentPerMinute,
        minute,
        cost.at,
      ),
      waitFor(content, one, 1, secondaryLimits.contentPerHour, hour, cost.at),
    );
  }
  const longest = Math.max(...waits);
  return longest > 0 ? Math.ceil(longest / 1000) : undefined;
}

/** Milliseconds until enough of the window has passed for `more` to fit under the limit. */
function waitFor(
  spent: readonly Cost[],
  weigh: (cost: Cost) => number,
  more: number,
  limit: number,
  window: number,
  now: number,
): number {
  const recent = spent.filter(cost => cost.at > now - window);
  let total = recent.reduce((sum, cost) => sum + weigh(cost), 0) + more;
  let wait = 0;
  for (const cost of recent) {
    if (total <= limit) {
      break;
    }
    total -= weigh(cost);
    wait = cost.at + window - now;
  }
  return wait;
}
