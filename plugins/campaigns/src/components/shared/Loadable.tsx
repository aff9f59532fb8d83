import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { errorMessage, isNotFound } from '../../data/errorMessage';

/** The part of a query's result that decides what is shown. */
export interface LoadableQuery<T> {
  data: T | undefined;
  error: Error | null;
  isFetching: boolean;
  refetch: () => unknown;
}

export interface LoadableProps<T> {
  query: LoadableQuery<T>;
  /** Shown until the first answer. */
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
}

/** What was read, however old; else why it could not be read, with a button; else a skeleton. */
export function Loadable<T>(props: LoadableProps<T>) {
  const { query, skeleton, children } = props;
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    const missing = isNotFound(query.error);
    return (
      <Alert
        severity={missing ? 'info' : 'error'}
        action={
          <Button
            color="inherit"
            size="small"
            onClick={() => query.refetch()}
            disabled={query.isFetching}
          >
            Try again
          </Button>
        }
      >
        <AlertTitle>
          {missing ? 'Not found' : 'This could not be read'}
        </AlertTitle>
        {errorMessage(query.error)}
      </Alert>
    );
  }
  return (
    <div role="status" aria-label="Loading" aria-busy="true">
      {skeleton}
    </div>
  );
}
