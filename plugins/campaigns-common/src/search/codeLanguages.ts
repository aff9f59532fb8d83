/**
 * Languages that a code search can be kept to, and the extensions of their
 * files: every provider is asked for the same files, whatever it calls them.
 *
 * @public
 */
export const codeLanguages = {
  csharp: ['cs'],
  go: ['go'],
  groovy: ['groovy', 'gradle'],
  java: ['java'],
  javascript: ['js', 'jsx', 'mjs', 'cjs'],
  jinja: ['j2', 'jinja', 'jinja2'],
  json: ['json', 'jsonc', 'jsonl'],
  kotlin: ['kt', 'kts'],
  lookml: ['lkml', 'lookml'],
  markdown: ['md', 'mdx'],
  notebook: ['ipynb'],
  php: ['php'],
  protobuf: ['proto'],
  python: ['py', 'pyi'],
  r: ['r', 'rmd'],
  ruby: ['rb'],
  rust: ['rs'],
  scala: ['scala', 'sc', 'sbt'],
  shell: ['sh', 'bash', 'zsh'],
  sql: ['sql', 'bq', 'ddl', 'dml'],
  terraform: ['tf', 'tfvars', 'hcl'],
  toml: ['toml'],
  typescript: ['ts', 'tsx', 'mts', 'cts'],
  xml: ['xml'],
  yaml: ['yaml', 'yml'],
} as const;

/** @public */
export type CodeLanguage = keyof typeof codeLanguages;

/** The names of {@link codeLanguages}, in order. @public */
export const codeLanguageNames = Object.keys(codeLanguages) as CodeLanguage[];
