import { useEffect, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';

/**
 * What is typed into a search whose words stand elsewhere, as in the address:
 * they follow once nobody types for a moment.
 *
 * @returns what is typed, and what sets it
 */
export function useTypedSearch(
  search: string,
  onSearch: (search: string) => void,
): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(search);

  // Links, and buttons that clear, change the words and not what is typed.
  useEffect(() => setTyped(search), [search]);

  useDebounce(
    () => {
      const words = typed.trim();
      if (words !== search) onSearch(words);
    },
    300,
    [typed],
  );
  return [typed, setTyped];
}
