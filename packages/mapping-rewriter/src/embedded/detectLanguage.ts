/**
 * What a file is, as far as the rewriter tells files apart; `other` is left
 * alone.
 *
 * @public
 */
export type Language =
  | 'sql'
  | 'yaml'
  | 'python'
  | 'scala'
  | 'json'
  | 'toml'
  | 'lookml'
  | 'shell'
  | 'notebook'
  | 'markdown'
  | 'csv'
  | 'other';

const BY_EXTENSION: Record<string, Language> = {
  sql: 'sql',
  bq: 'sql',
  bqsql: 'sql',
  hql: 'sql',
  ddl: 'sql',
  sqlx: 'sql',
  yaml: 'yaml',
  yml: 'yaml',
  py: 'python',
  scala: 'scala',
  sc: 'scala',
  java: 'scala',
  kt: 'scala',
  json: 'json',
  toml: 'toml',
  lkml: 'lookml',
  lookml: 'lookml',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  ipynb: 'notebook',
  md: 'markdown',
  csv: 'csv',
};

const BY_NAME: Record<string, Language> = {
  Makefile: 'shell',
  Dockerfile: 'shell',
  Jenkinsfile: 'shell',
};

/**
 * Says what a file is by what it holds, then by its name.
 *
 * @param path - path or name of the file
 * @param content - its text; the start is enough
 * @public
 */
export function detectLanguage(path: string, content: string): Language {
  const name = path.slice(path.lastIndexOf('/') + 1);
  // a template is what is left without its ending: `query.sql.j2`
  const stem = name.replace(
    /\.(j2|jinja2?|tmpl|tpl|template|mustache|erb)$/i,
    '',
  );
  const extension = stem.includes('.')
    ? stem.slice(stem.lastIndexOf('.') + 1).toLowerCase()
    : '';
  const known = BY_EXTENSION[extension] ?? BY_NAME[stem];
  if (known) {
    return known;
  }
  const start = content.slice(0, 400).trimStart();
  if (/^#!.*\b(ba|z|k|da)?sh\b/.test(start)) {
    return 'shell';
  }
  if (/^#!.*\bpython/.test(start)) {
    return 'python';
  }
  if (
    /^(--[^\n]*\n\s*)*(WITH\s+\w+\s+AS\s*\(|SELECT\s|CREATE\s+(OR\s+REPLACE\s+)?(TABLE|VIEW)\s|MERGE\s+INTO\s|INSERT\s+INTO\s)/i.test(
      start,
    )
  ) {
    return 'sql';
  }
  return 'other';
}
