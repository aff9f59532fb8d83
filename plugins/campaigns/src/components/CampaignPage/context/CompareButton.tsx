import { useNavigate } from 'react-router-dom';
import { ActionButton } from '../../shared';

/** Leads to the comparison of the two of a list that are ticked, the older one first. */
export function CompareButton(props: {
  /** What they are, in the plural. */
  what: string;
  /** Those that the page shows. */
  items: Array<{ id: string; number: number }>;
  chosen: string[];
  pathOf: (base: string, head: string) => string;
}) {
  const { chosen, items, pathOf, what } = props;
  const navigate = useNavigate();
  const [base, head] = items
    .filter(({ id }) => chosen.includes(id))
    .sort((a, b) => a.number - b.number);
  return (
    <ActionButton
      variant="outlined"
      onClick={() => navigate(pathOf(base.id, head.id))}
      unavailable={head ? undefined : `Tick two ${what} below to compare them`}
    >
      Compare
    </ActionButton>
  );
}
