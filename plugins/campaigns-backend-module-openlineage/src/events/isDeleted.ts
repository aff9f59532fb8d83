/** Whether a facet only says that there is none any more. */
export function isDeleted(facet: unknown): boolean {
  return (facet as { _deleted?: boolean })._deleted === true;
}
