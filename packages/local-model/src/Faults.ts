import { Answerer, ScriptedAnswer } from './answers/ScriptedAnswer';

const errorTypes: Record<number, string> = {
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

/** How an answer goes wrong. */
export type Fault =
  | { status: 429 | 500 | 529; retryAfterSeconds?: number }
  /** The stream is cut after so many events. */
  | { breakAfter: number }
  /** The stream begins, and then says that the provider is overloaded. */
  | { overloadedInStream: true };

/** Has answers go wrong on demand, before an answerer is asked for them or instead of it. */
export class Faults {
  readonly #waiting: Fault[] = [];

  /** So many answers go wrong in this way, after those that already wait to. */
  add(fault: Fault, count = 1): void {
    this.#waiting.push(...Array<Fault>(count).fill(fault));
  }

  /** An answerer that goes wrong as it is told, and else as it would. */
  before(answerer: Answerer): Answerer {
    return request => {
      const fault = this.#waiting.shift();
      if (!fault) return answerer(request);
      if (!('breakAfter' in fault)) return errorOf(fault);
      const answer = answerer(request);
      const whole = !('status' in answer) && !('streamError' in answer);
      return whole ? { ...answer, breakAfter: fault.breakAfter } : answer;
    };
  }
}

function errorOf(
  fault: Exclude<Fault, { breakAfter: number }>,
): ScriptedAnswer {
  if ('overloadedInStream' in fault) {
    return { streamError: { type: errorTypes[529], message: 'Overloaded' } };
  }
  const { retryAfterSeconds, status } = fault;
  const message = `On demand: ${status}`;
  return { status, type: errorTypes[status], message, retryAfterSeconds };
}
