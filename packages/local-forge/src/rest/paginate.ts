import { ApiRequest, Reply } from './Routes';

/** GitHub's page parameters: 30 to a page unless told, 100 at most. */
export function pageOf(request: ApiRequest): { page: number; size: number } {
  const number = (name: string, fallback: number) => {
    const value = Number(request.query(name) ?? fallback);
    return Number.isInteger(value) && value > 0 ? value : fallback;
  };
  return {
    page: number('page', 1),
    size: Math.min(100, number('per_page', 30)),
  };
}

/** The Link header for a page of so many items. */
export function linkHeader(
  request: ApiRequest,
  total: number,
): Record<string, string> {
  const { page, size } = pageOf(request);
  const last = Math.max(1, Math.ceil(total / size));
  const link = (to: number, rel: string) => {
    const url = new URL(`${request.forge.url}${request.raw.originalUrl}`);
    url.searchParams.set('page', String(to));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (page > 1) {
    links.push(link(Math.min(page - 1, last), 'prev'));
  }
  if (page < last) {
    links.push(link(page + 1, 'next'), link(last, 'last'));
  }
  if (page > 1) {
    links.push(link(1, 'first'));
  }
  return links.length > 0 ? { link: links.join(', ') } : {};
}

export function slice<T>(request: ApiRequest, items: T[]): T[] {
  const { page, size } = pageOf(request);
  return items.slice((page - 1) * size, page * size);
}

/** One page of a list, each item presented, with its Link header. */
export async function pageReply<T>(
  request: ApiRequest,
  items: T[],
  present: (item: T) => unknown,
): Promise<Reply> {
  return {
    json: await Promise.all(slice(request, items).map(present)),
    headers: linkHeader(request, items.length),
  };
}
