import { Cursor } from './Cursor';
import { CteScope, QueryRole, Scope } from './ast';

export interface QueryContext {
  role: QueryRole;
  parent?: Scope;
  ctes: CteScope;
}

export function newScope(
  cursor: Cursor,
  details: Pick<Scope, 'kind' | 'ctes' | 'parent' | 'query'>,
): Scope {
  const scope: Scope = {
    kind: details.kind,
    ctes: details.ctes,
    parent: details.parent,
    query: details.query,
    statement: cursor.statement,
    sources: [],
    items: [],
    refs: [],
    keyword: cursor.peek().text,
    start: cursor.peek().start,
    distinct: false,
    asStruct: false,
    expressions: [],
    windows: [],
  };
  cursor.tree.scopes.push(scope);
  return scope;
}
