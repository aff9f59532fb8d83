import { EmbeddedText } from './EmbeddedText';
import { maskDollar } from './HostString';

/** A view of LookML: its table and the expressions that read it. */
export interface LookmlView {
  /** `sql_table_name`. */
  table?: EmbeddedText;
  /** `sql` of dimensions and measures, `sql_on` and the like. */
  expressions: EmbeddedText[];
  /** `derived_table: { sql: ... ;; }`. */
  queries: EmbeddedText[];
}

const PARAMETER =
  /\b(sql_table_name|sql|sql_on|sql_where|sql_always_where|sql_trigger_value|sql_start|sql_end|sql_latitude|sql_longitude|sql_distinct_key|sql_trigger)\s*:\s*/g;

/** The views of a LookML text, in order. What stands outside a view is the first entry. */
export function readLookml(text: string): LookmlView[] {
  const views: LookmlView[] = [{ expressions: [], queries: [] }];
  const starts = [
    ...text.matchAll(/^\s*(view|explore)\s*:\s*\+?\w+\s*\{/gm),
  ].map(match => match.index!);
  let next = 0;
  for (const match of text.matchAll(PARAMETER)) {
    while (next < starts.length && starts[next] < match.index!) {
      views.push({ expressions: [], queries: [] });
      next += 1;
    }
    const start = match.index! + match[0].length;
    const end = text.indexOf(';;', start);
    const lineStart = text.lastIndexOf('\n', match.index! - 1) + 1;
    if (end < 0 || /#/.test(text.slice(lineStart, match.index))) {
      continue;
    }
    const view = views[views.length - 1];
    const embedded: EmbeddedText = {
      start,
      end,
      masked: maskDollar(text.slice(start, end)),
      jinja: true,
      forbidden: '',
      multiline: true,
      anchor: match.index!,
    };
    if (match[1] === 'sql_table_name') {
      view.table = embedded;
    } else if (/^\s*(WITH|SELECT)\b/i.test(embedded.masked)) {
      view.queries.push(embedded);
    } else {
      view.expressions.push(embedded);
    }
  }
  return views;
}
