import {
  readSqlTexts,
  readStatements,
  SourceFile,
  SqlStatement,
} from '@skein/mapping-rewriter';
import { JinjaProject } from '../sql/JinjaProject';
import { SampleRequest } from '../types';

/** SQL and what may hold it. */
const HOLDS_SQL = /\.(?:sql|sqlx|bq|ddl|ya?ml|py|scala|sh)$/i;

/** A text in SQL on one side of the change. */
export interface SideText {
  /** The same on both sides. */
  key: string;
  file: string;
  /** Where the text begins in the file; undefined where Jinja has moved its lines. */
  line?: number;
  statements: SqlStatement[];
  /** Why it cannot be read. */
  problem?: string;
}

/** The SQL of a target before or after the change, read as far as it is asked for. */
export class ProjectSide {
  readonly #files: Map<string, SourceFile>;
  readonly #options: Pick<SampleRequest, 'dialect' | 'defaultProject'>;
  readonly #jinja: JinjaProject;
  readonly #yaml: SourceFile[];
  readonly #models: Map<string, string>;
  readonly #texts = new Map<string, SideText[]>();
  readonly #onRead: (path: string) => void;

  /** @param onRead - called before each file is read: its templates may take long, or for ever */
  constructor(
    files: readonly SourceFile[],
    options: Pick<SampleRequest, 'dialect' | 'defaultProject'>,
    onRead: (path: string) => void,
  ) {
    this.#onRead = onRead;
    this.#files = new Map(files.map(file => [file.path, file]));
    this.#options = options;
    this.#jinja = JinjaProject.read(files);
    this.#yaml = files.filter(
      ({ content, path }) =>
        /\.ya?ml$/i.test(path) && /^\s*-?\s*sources\s*:/m.test(content),
    );
    const isModel = (path: string) =>
      /\.sql$/i.test(path) && !/(^|\/)(macros|tests)\//.test(path);
    this.#models = new Map(
      files
        .filter(({ path }) => isModel(path))
        .map(({ path }) => [path.replace(/^.*\/|\.sql$/gi, ''), path]),
    );
  }

  /** Paths of what may hold SQL. */
  get paths(): string[] {
    return [...this.#files.keys()].filter(path => HOLDS_SQL.test(path));
  }

  content(path: string): string | undefined {
    return this.#files.get(path)?.content;
  }

  /** Reads files together, which is quicker than one by one. */
  read(paths: readonly string[]): void {
    const files = paths
      .filter(path => !this.#texts.has(path))
      .flatMap(path => this.#files.get(path) ?? []);
    const rendered = files.flatMap(file => {
      this.#onRead(file.path);
      return this.#render(file);
    });
    const statements = readStatements(
      rendered.map(({ sql }, at) => ({ path: `text${at}.sql`, content: sql })),
      { ...this.#options, yaml: this.#yaml },
    );
    for (const { path } of files) this.#texts.set(path, []);
    rendered.forEach(({ sql: _sql, ...text }, at) => {
      this.#texts.get(text.file)!.push({ ...text, statements: statements[at] });
    });
  }

  texts(path: string): SideText[] {
    this.read([path]);
    return this.#texts.get(path) ?? [];
  }

  /** The one text of a dbt model, by its name. */
  model(name: string): SideText | undefined {
    const path = this.#models.get(name);
    const texts = path === undefined ? [] : this.texts(path);
    return texts.length === 1 ? texts[0] : undefined;
  }

  #render(file: SourceFile) {
    return readSqlTexts(file, this.#options).map(
      ({ content, line, whole }, at) => {
        const text = { key: `${file.path}#${at}`, file: file.path };
        try {
          const sql = whole ? this.#jinja.render(content) : content;
          return { ...text, sql, ...(sql === content && { line }) };
        } catch (error) {
          const problem = `its Jinja cannot be rendered: ${
            (error as Error).message
          }`;
          return { ...text, sql: '', problem };
        }
      },
    );
  }
}
