import { TableRef } from '../sql/ast';
import { findCte } from '../sql/cteNames';

/** Whether a name in FROM means a WITH query of its statement. */
export function isCteName(table: TableRef): boolean {
  return (
    !table.call &&
    table.parts.length === 1 &&
    table.scope !== undefined &&
    findCte(table.scope.ctes, table.parts[0]) !== undefined
  );
}
