import { ReactNode } from 'react';
import { ResponseErrorPanel } from '@backstage/core-components';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';

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
    return (
      <Box>
        <ResponseErrorPanel error={query.error} />
        <Box mt={2}>
          <Button
            variant="outlined"
            onClick={() => query.refetch()}
            disabled={query.isFetching}
          >
            Try again
          </Button>
        </Box>
      </Box>
    );
  }
  return (
    <div role="status" aria-label="Loading" aria-busy="true">
      {skeleton}
    </div>
  );
}
