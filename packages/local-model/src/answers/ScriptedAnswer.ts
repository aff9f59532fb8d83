import Anthropic from '@anthropic-ai/sdk';

/** What the model says and calls. */
export interface ScriptedMessage {
  text?: string;
  /** Name and input of each tool that it calls. */
  calls?: Array<[name: string, input: unknown]>;
  stopReason?: Anthropic.StopReason;
  /** The stream ends after so many events, without its end. */
  breakAfter?: number;
  usage?: Partial<Anthropic.Usage>;
}

/** One answer, or an error. */
export type ScriptedAnswer =
  | ScriptedMessage
  | {
      status: number;
      /** Of the error, as `overloaded_error`. */
      type: string;
      message: string;
      /** For the header `retry-after`. */
      retryAfterSeconds?: number;
    }
  /** In a stream that has begun. */
  | { streamError: { type: string; message: string } };

/** Makes an answer of a request. */
export type Answerer = (
  request: Anthropic.MessageCreateParams,
) => ScriptedAnswer;
