/** One entry of the `errors` of a 422. */
export interface FieldError {
  resource: string;
  field?: string;
  code:
    | 'missing'
    | 'missing_field'
    | 'invalid'
    | 'already_exists'
    | 'unprocessable'
    | 'custom';
  message?: string;
}

/** An answer other than success, with GitHub's words for it. */
export class ApiError extends Error {
  readonly name = 'ApiError';

  constructor(
    readonly status: number,
    message: string,
    readonly errors?: Array<FieldError | string>,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

export function validationFailed(
  ...errors: Array<FieldError | string>
): ApiError {
  return new ApiError(422, 'Validation Failed', errors);
}

export function invalidRequest(message: string): ApiError {
  return new ApiError(422, `Invalid request.\n\n${message}`);
}
