import {
  FeedbackSource,
  FeedbackState,
  ListFeedbackRequest,
  feedbackStates,
} from '@skein/plugin-campaigns-common';

/** What the address of the inbox says. */
export interface FeedbackView {
  state: FeedbackState | 'all';
  source: FeedbackSource | 'all';
  search: string;
  /** 0-based. */
  page: number;
}

export const feedbackPageSize = 10;

/** Reads the address; what cannot be read falls back to what is usual. */
export function parseFeedbackView(parameters: URLSearchParams): FeedbackView {
  const state = parameters.get('state');
  const source = parameters.get('source');
  const page = Number(parameters.get('page'));
  return {
    state:
      ([...feedbackStates, 'all'] as const).find(known => known === state) ??
      'open',
    source: source === 'reviewer' || source === 'agent' ? source : 'all',
    search: parameters.get('q')?.trim() ?? '',
    page: Number.isInteger(page) && page > 1 ? page - 1 : 0,
  };
}

/** Writes the address; what is as usual is left out. */
export function formatFeedbackView(view: FeedbackView): URLSearchParams {
  const parameters = new URLSearchParams();
  if (view.state !== 'open') parameters.set('state', view.state);
  if (view.source !== 'all') parameters.set('source', view.source);
  if (view.search) parameters.set('q', view.search);
  if (view.page > 0) parameters.set('page', String(view.page + 1));
  return parameters;
}

export function toListFeedbackRequest(view: FeedbackView): ListFeedbackRequest {
  return {
    ...(view.state !== 'all' && { states: [view.state] }),
    ...(view.source !== 'all' && { sources: [view.source] }),
    ...(view.search && { search: view.search }),
    offset: view.page * feedbackPageSize,
    limit: feedbackPageSize,
  };
}
