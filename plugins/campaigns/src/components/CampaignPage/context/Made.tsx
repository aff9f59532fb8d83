import { formatAgeOf, formatTime } from '../../../format/time';
import { shortEntityName } from '../../../format/words';
import { useNow } from '../../shared';

/** By whom, and how long ago. */
export function Made(props: { by: string; at: string }) {
  const now = useNow(30_000);
  return (
    <span title={formatTime(props.at)}>
      {shortEntityName(props.by)}, {formatAgeOf(props.at, now)}
    </span>
  );
}
