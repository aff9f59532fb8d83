/**
 * Remembers the last answers of a function whose arguments name immutable
 * things (commit and tree ids), so that an answer never goes stale. Failures
 * and `undefined` (not there yet) are not remembered.
 */
export function memoize<A extends string[], R>(
  work: (...args: A) => Promise<R>,
  limit: number,
): (...args: A) => Promise<R> {
  const answers = new Map<string, Promise<R>>();
  return (...args) => {
    const key = args.join('\0');
    let answer = answers.get(key);
    if (answer) {
      answers.delete(key);
    } else {
      answer = work(...args);
      answer.then(
        value => value === undefined && answers.delete(key),
        () => answers.delete(key),
      );
    }
    answers.set(key, answer);
    if (answers.size > limit) {
      answers.delete(answers.keys().next().value!);
    }
    return answer;
  };
}
