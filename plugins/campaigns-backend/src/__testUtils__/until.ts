/**
 * For tests: resolves as soon as a condition holds.
 *
 * @param describe - what to say where it does not within five minutes: a bound for
 *   failures alone, which a busy machine must not reach
 */
export async function until(
  condition: () => Promise<boolean>,
  describe: () => Promise<unknown> = async () => '',
): Promise<void> {
  const giveUpAt = Date.now() + 300_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) {
      throw new Error(
        `It never came true: ${JSON.stringify(await describe())}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
