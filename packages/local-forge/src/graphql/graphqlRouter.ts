import express from 'express';
import {
  DocumentNode,
  execute,
  ExecutionResult,
  getOperationAST,
  GraphQLError,
  GraphQLFieldResolver,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { Actor, identityOf } from '../domain/Actor';
import { ApiError } from '../domain/ApiError';
import type { Forge } from '../domain/Forge';
import { apiGate } from '../server/apiGate';
import { GraphContext } from './GraphContext';
import { loadSchema } from './loadSchema';
import { mutationRoot } from './mutations';
import { queryRoot } from './queries';

/** Bounds what one hostile document can cost to parse. */
const tokenLimit = 20_000;

/** Reads a field, and says so where the development forge has none. */
const readField: GraphQLFieldResolver<any, GraphContext> = (
  source,
  args,
  context,
  info,
) => {
  const field = info.fieldName;
  if (
    source === undefined ||
    source === null ||
    !Object.hasOwn(source, field)
  ) {
    throw new GraphQLError(
      `The development forge does not serve ${info.parentType.name}.${field}`,
    );
  }
  const value = source[field];
  return typeof value === 'function' ? value(args, context, info) : value;
};

function presentError(error: GraphQLError) {
  const cause = error.originalError;
  const types: Record<number, string> = {
    401: 'FORBIDDEN',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
  };
  const details =
    cause instanceof ApiError
      ? {
          type: types[cause.status] ?? 'UNPROCESSABLE',
          message:
            (cause.errors ?? [])
              .map(one => (typeof one === 'string' ? one : one.message))
              .filter(Boolean)
              .join(', ') || cause.message,
        }
      : { message: error.message };
  const type = error.extensions.type;
  return {
    ...(typeof type === 'string' && { type }),
    ...(error.path && { path: error.path }),
    ...(error.locations && { locations: error.locations }),
    ...details,
  };
}

function presentResult(result: ExecutionResult) {
  return {
    ...(result.data !== undefined && { data: result.data }),
    ...(result.errors && { errors: result.errors.map(presentError) }),
  };
}

interface Query {
  document?: DocumentNode;
  errors?: readonly GraphQLError[];
  mutation: boolean;
}

function read(body: unknown): Query {
  const query = (body as { query?: unknown } | undefined)?.query;
  const operation = (body as { operationName?: string } | undefined)
    ?.operationName;
  if (typeof query !== 'string') {
    return {
      errors: [
        new GraphQLError(
          'A query attribute must be specified and must be a string.',
        ),
      ],
      mutation: false,
    };
  }
  try {
    const document = parse(query, { maxTokens: tokenLimit });
    const errors = validate(loadSchema(), document);
    return {
      document,
      errors: errors.length > 0 ? errors : undefined,
      mutation:
        getOperationAST(document, operation)?.operation ===
        OperationTypeNode.MUTATION,
    };
  } catch (error) {
    return {
      errors: [
        error instanceof GraphQLError
          ? error
          : new GraphQLError(String((error as Error).message)),
      ],
      mutation: false,
    };
  }
}

/** `POST /api/graphql` on GitHub's own schema. */
export function graphqlRouter(forge: Forge): express.Router {
  const router = express.Router();
  router.post(
    '/',
    (request, response, next) => {
      response.locals.query = read(request.body);
      next();
    },
    apiGate(forge, request => ({
      method: request.method,
      path: '/graphql',
      mutation: (request.res!.locals.query as Query).mutation,
    })),
    (request, response, next) => answer(forge, request, response).catch(next),
  );
  return router;
}

async function answer(
  forge: Forge,
  request: express.Request,
  response: express.Response,
): Promise<void> {
  const actor: Actor = response.locals.actor;
  const { document, errors } = response.locals.query as Query;
  if (actor.kind === 'anonymous' || actor.kind === 'app') {
    throw new ApiError(
      actor.kind === 'app' ? 403 : 401,
      'This endpoint requires you to be authenticated.',
    );
  }
  forge.requests.set(
    'POST /graphql',
    (forge.requests.get('POST /graphql') ?? 0) + 1,
  );
  const identity = identityOf(actor);
  const allowed = forge.limiter.take(identity, 'graphql');
  const rate = forge.limiter.state(identity, 'graphql');
  response.set({
    'x-ratelimit-limit': String(rate.limit),
    'x-ratelimit-remaining': String(rate.remaining),
    'x-ratelimit-used': String(rate.used),
    'x-ratelimit-reset': String(rate.reset),
    'x-ratelimit-resource': 'graphql',
  });
  if (!allowed) {
    response.json({
      errors: [
        {
          type: 'RATE_LIMITED',
          message: 'API rate limit exceeded for this user.',
        },
      ],
    });
    return;
  }
  if (!document || errors) {
    response.json({ errors: (errors ?? []).map(presentError) });
    return;
  }
  const context = new GraphContext(forge, actor);
  const result = await execute({
    schema: loadSchema(),
    document,
    rootValue: { ...queryRoot(context), ...mutationRoot },
    contextValue: context,
    variableValues: request.body.variables ?? undefined,
    operationName: request.body.operationName ?? undefined,
    fieldResolver: readField,
  });
  if (response.locals.failAfter) {
    throw new ApiError(response.locals.failAfter, 'Server Error');
  }
  response.json(presentResult(result));
}
