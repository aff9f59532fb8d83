import { useState } from 'react';

/** Two of a list, to be compared: a third takes the place of the first. */
export function usePairChoice() {
  const [chosen, setChosen] = useState<string[]>([]);
  const toggle = (id: string) =>
    setChosen(current =>
      current.includes(id)
        ? current.filter(other => other !== id)
        : [...current.slice(-1), id],
    );
  return { chosen, toggle };
}
