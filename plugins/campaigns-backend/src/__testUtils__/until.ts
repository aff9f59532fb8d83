/**
 * For tests: resolves as soon as a condition holds.
 *
 * @param describe - what to say where it does not within half a minute
 */
export async function until(
  condition: () => Promise<boolean>,
  describe: () => Promise<unknown> = async () => '',
): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) {
      throw new Error(
        `It never came true: ${JSON.stringify(await describe())}`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
