/** A name, an address and a moment, as a commit carries them. */
export interface Signature {
  name: string;
  email: string;
  /** ISO 8601 in UTC with seconds */
  date: string;
}

export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
}

export interface TreeEntry {
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  path: string;
  sha: string;
  size?: number;
}

export interface TagObject {
  sha: string;
  object: { sha: string; type: string };
  tag: string;
  tagger: Signature;
  message: string;
}

/** ISO 8601 in UTC with seconds, as GitHub writes moments. */
export function isoSeconds(time: number | Date): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

function parseSignature(text: string): Signature {
  const match = /^(.*?) ?<([^>]*)> (-?\d+) [+-]\d{4}$/.exec(text);
  return {
    name: match?.[1] ?? '',
    email: match?.[2] ?? '',
    date: isoSeconds(Number(match?.[3] ?? 0) * 1000),
  };
}

function parseHeaders(content: Buffer): {
  headers: Array<[string, string]>;
  message: string;
} {
  const text = content.toString();
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  return {
    headers: head
      .split('\n')
      .filter(line => !line.startsWith(' '))
      .map(line => {
        const space = line.indexOf(' ');
        return [line.slice(0, space), line.slice(space + 1)];
      }),
    message: end < 0 ? '' : text.slice(end + 2),
  };
}

export function parseCommit(sha: string, content: Buffer): Commit {
  const { headers, message } = parseHeaders(content);
  const value = (name: string) =>
    headers.find(([key]) => key === name)?.[1] ?? '';
  return {
    sha,
    tree: value('tree'),
    parents: headers
      .filter(([key]) => key === 'parent')
      .map(([, parent]) => parent),
    author: parseSignature(value('author')),
    committer: parseSignature(value('committer')),
    message: message.replace(/\n+$/, ''),
  };
}

export function parseTag(sha: string, content: Buffer): TagObject {
  const { headers, message } = parseHeaders(content);
  const value = (name: string) =>
    headers.find(([key]) => key === name)?.[1] ?? '';
  return {
    sha,
    object: { sha: value('object'), type: value('type') },
    tag: value('tag'),
    tagger: parseSignature(value('tagger')),
    message: message.replace(/\n+$/, ''),
  };
}

export function entryType(mode: string): TreeEntry['type'] {
  if (mode === '040000') {
    return 'tree';
  }
  return mode === '160000' ? 'commit' : 'blob';
}

/** One level of a tree from the object's own bytes. */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    const mode = content.toString('latin1', at, space).padStart(6, '0');
    entries.push({
      mode,
      type: entryType(mode),
      path: content.toString('utf8', space + 1, end),
      sha: content.toString('hex', end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}
