/** A code search as GitHub's REST API takes it. */
export interface CodeQuery {
  /** Texts that must all occur in the file, compared without case */
  terms: string[];
  repositories: string[];
  owners: string[];
  path?: string;
  filename?: string;
  extensions: string[];
}

/** File name endings of the languages that pipelines are written in. */
const languageExtensions: Record<string, string[]> = {
  sql: ['sql'],
  yaml: ['yml', 'yaml'],
  yml: ['yml', 'yaml'],
  python: ['py'],
  scala: ['scala', 'sc'],
  java: ['java'],
  kotlin: ['kt', 'kts'],
  json: ['json'],
  markdown: ['md'],
  typescript: ['ts', 'tsx'],
  javascript: ['js', 'jsx', 'mjs'],
  shell: ['sh', 'bash'],
  'jupyter-notebook': ['ipynb'],
  go: ['go'],
  csv: ['csv'],
};

/** Reads words, "quoted phrases" and `name:value` qualifiers; unknown qualifiers are words. */
export function parseCodeQuery(text: string): CodeQuery {
  const query: CodeQuery = {
    terms: [],
    repositories: [],
    owners: [],
    extensions: [],
  };
  const parts = text.matchAll(/(?:([a-z]+):)?(?:"((?:[^"\\]|\\.)*)"|(\S+))/g);
  for (const [whole, name, quoted, plain] of parts) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    switch (name) {
      case 'repo':
        query.repositories.push(value.toLowerCase());
        break;
      case 'org':
      case 'user':
        query.owners.push(value.toLowerCase());
        break;
      case 'path':
        query.path = value.replace(/^\/+|\/+$/g, '');
        break;
      case 'filename':
        query.filename = value.toLowerCase();
        break;
      case 'extension':
        query.extensions.push(value.replace(/^\./, '').toLowerCase());
        break;
      case 'language':
        query.extensions.push(
          ...(languageExtensions[value.toLowerCase()] ?? [value.toLowerCase()]),
        );
        break;
      case 'in':
        // Files are searched by content alone.
        break;
      default:
        query.terms.push(name === undefined ? value : whole);
    }
  }
  return query;
}

/** Whether a file's path satisfies the query's qualifiers. */
export function matchesPath(query: CodeQuery, path: string): boolean {
  const lower = path.toLowerCase();
  const name = lower.slice(lower.lastIndexOf('/') + 1);
  const extension = name.includes('.')
    ? name.slice(name.lastIndexOf('.') + 1)
    : '';
  return (
    (query.path === undefined ||
      query.path === '' ||
      lower.startsWith(`${query.path.toLowerCase()}/`) ||
      lower === query.path.toLowerCase()) &&
    (query.filename === undefined || name.includes(query.filename)) &&
    (query.extensions.length === 0 || query.extensions.includes(extension))
  );
}
