import {
  ListTargetsRequest,
  TargetFilter,
  TargetSortField,
  TargetState,
  targetStates,
} from '@skein/plugin-campaigns-common';

/** What the address of the targets tab says. */
export interface TargetsView {
  filter: TargetFilter;
  sort: TargetSortField;
  order: 'asc' | 'desc';
  /** 0-based. */
  page: number;
  pageSize: number;
}

export const pageSizes = [25, 50, 100] as const;
export const defaultPageSize = 25;

const sortFields: readonly TargetSortField[] = [
  'repository',
  'framework',
  'owner',
  'state',
  'wave',
  'updatedAt',
];

/** Parts of a filter that are lists of values, with their names in the address. */
export const filterLists = {
  states: 'state',
  frameworks: 'framework',
  owners: 'owner',
  waves: 'wave',
  failureKinds: 'failure',
} as const;

export type FilterList = keyof typeof filterLists;

/** Reads the address; what cannot be read falls back, so that an old link still opens. */
export function parseTargetsView(parameters: URLSearchParams): TargetsView {
  const filter: TargetFilter = {};
  const states = parameters
    .getAll(filterLists.states)
    .filter((state): state is TargetState =>
      (targetStates as readonly string[]).includes(state),
    );
  if (states.length > 0) filter.states = states;
  for (const list of [
    'frameworks',
    'owners',
    'waves',
    'failureKinds',
  ] as const) {
    const values = parameters.getAll(filterLists[list]).filter(Boolean);
    if (values.length > 0) filter[list] = values;
  }
  const search = parameters.get('q')?.trim();
  if (search) filter.search = search;

  const sort = parameters.get('sort') as TargetSortField;
  const pageSize = Number(parameters.get('size'));
  const page = Number(parameters.get('page'));
  return {
    filter,
    sort: sortFields.includes(sort) ? sort : 'state',
    order: parameters.get('order') === 'desc' ? 'desc' : 'asc',
    page: Number.isInteger(page) && page > 1 ? page - 1 : 0,
    pageSize: (pageSizes as readonly number[]).includes(pageSize)
      ? pageSize
      : defaultPageSize,
  };
}

/** Writes the address; what is as usual is left out. */
export function formatTargetsView(view: TargetsView): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const list of Object.keys(filterLists) as FilterList[]) {
    for (const value of view.filter[list] ?? []) {
      parameters.append(filterLists[list], value);
    }
  }
  if (view.filter.search) parameters.set('q', view.filter.search);
  if (view.sort !== 'state') parameters.set('sort', view.sort);
  if (view.order !== 'asc') parameters.set('order', view.order);
  if (view.page > 0) parameters.set('page', String(view.page + 1));
  if (view.pageSize !== defaultPageSize) {
    parameters.set('size', String(view.pageSize));
  }
  return parameters;
}

export function toListTargetsRequest(view: TargetsView): ListTargetsRequest {
  return {
    ...view.filter,
    sort: view.sort,
    order: view.order,
    offset: view.page * view.pageSize,
    limit: view.pageSize,
  };
}

/** Whether anything narrows the list. */
export function isFiltered(filter: TargetFilter): boolean {
  return Object.keys(filter).length > 0;
}
