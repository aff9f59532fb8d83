/** A page of a list. @public */
export interface Page<T> {
  items: T[];
  totalItems: number;
}

/** Which part of a list; `limit` is at most 200. @public */
export interface PageRequest {
  offset?: number;
  limit?: number;
}
