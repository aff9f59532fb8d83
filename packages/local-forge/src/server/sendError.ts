import express from 'express';
import { ApiError } from '../domain/ApiError';

const documentation = 'https://docs.github.com/rest';

/** Turns whatever went wrong into the body GitHub would send. */
export const sendError: express.ErrorRequestHandler = (
  error,
  _request,
  response,
  next,
) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  if (error instanceof ApiError) {
    response
      .status(error.status)
      .set(error.headers)
      .json({
        message: error.message,
        ...(error.errors && { errors: error.errors }),
        documentation_url: documentation,
        status: String(error.status),
      });
    return;
  }
  const status = (error as { status?: number }).status;
  if (status && status >= 400 && status < 500) {
    response.status(status).json({
      message: status === 400 ? 'Problems parsing JSON' : String(error.message),
      documentation_url: documentation,
    });
    return;
  }
  process.stderr.write(`local-forge: ${error?.stack ?? error}\n`);
  response.status(500).json({
    message: `Server Error: ${error?.message ?? error}`,
    documentation_url: documentation,
  });
};
