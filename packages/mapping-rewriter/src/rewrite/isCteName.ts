import { TableRef } from '../sql/ast';

/** Whether a name in FROM means a WITH query of its statement. */
export function isCteName(table: TableRef): boolean {
  if (table.call || table.parts.length !== 1 || !table.scope) {
    return false;
  }
  const name = table.parts[0].value?.toLowerCase();
  for (
    let ctes: typeof table.scope.ctes | undefined = table.scope.ctes;
    ctes;
    ctes = ctes.parent
  ) {
    if (name !== undefined && ctes.ctes.has(name)) {
      return true;
    }
  }
  return false;
}
