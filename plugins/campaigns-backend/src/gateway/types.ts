import { ModelRequest } from '@skein/plugin-campaigns-node';

/** What a call is made for. */
export type CallPurpose = 'agent' | 'judge' | 'estimate';

/** A request as callers in the backend write it; what is left out comes from the model's defaults. */
export type DefaultedModelRequest = Omit<
  ModelRequest,
  'model' | 'max_tokens' | 'metadata'
> &
  Partial<Pick<ModelRequest, 'model' | 'max_tokens'>>;

/** A call to the model, and what it counts for. */
export interface ModelCall {
  purpose: CallPurpose;
  campaignId: string;
  runId?: string;
  jobId?: string;
  /** Of the job, where a runner asks: the call is made only while the attempt lives. */
  attempt?: number;
  /** The context revision that it works with. */
  revisionId: string;
  request: DefaultedModelRequest;
  /** Nobody waits for the answer any more: the call is ended upstream, and what it cost is recorded. */
  signal?: AbortSignal;
}
