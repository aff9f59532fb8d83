/** The backend no longer wants this attempt's work: end at once. */
export class AttemptOverError extends Error {
  constructor() {
    super("The job is no longer this attempt's");
    this.name = 'AttemptOverError';
  }
}

/** The backend answered with an error. */
export class ProtocolError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ProtocolError';
    this.status = status;
  }
}
