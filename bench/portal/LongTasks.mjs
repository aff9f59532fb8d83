/** How long the page must have been quiet before an action counts as over. */
const QUIET_MS = 600;

/** Tells how long the page was held up, by the browser's own records. */
export class LongTasks {
  #browser;
  #page;

  constructor(browser, page) {
    this.#browser = browser;
    this.#page = page;
  }

  /** To be called before the page is opened. */
  static async watch(browser, page) {
    await page.addInitScript(() => {
      const tasks = [];
      const observer = new PerformanceObserver(list =>
        tasks.push(...list.getEntries()),
      );
      observer.observe({ type: 'longtask', buffered: true });
      window.takeLongTasks = () => {
        tasks.push(...observer.takeRecords());
        return tasks.splice(0).map(({ duration }) => duration);
      };
    });
    return new LongTasks(browser, page);
  }

  /**
   * Does something, waits until the page is quiet, and says how long the
   * longest task was meanwhile.
   *
   * @returns milliseconds: `elapsed` by `PerformanceObserver`, 0 where no task
   * reached 50; `cpu` by the main thread's own clock, which does not count
   * the time that other programs had the processor
   */
  async longestDuring(act) {
    await this.#page.evaluate(() => window.takeLongTasks?.());
    await this.#browser.startTracing(this.#page, { categories: ['toplevel'] });
    await act();
    await this.#quiet();
    const durations = await this.#page.evaluate(() => window.takeLongTasks());
    const trace = JSON.parse(await this.#browser.stopTracing());
    return {
      elapsed: Math.round(Math.max(0, ...durations)),
      cpu: longestCpu(trace.traceEvents),
    };
  }

  async #quiet() {
    await this.#page.evaluate(
      quiet =>
        new Promise(resolve => {
          let timer = setTimeout(resolve, quiet);
          const observer = new PerformanceObserver(() => {
            clearTimeout(timer);
            timer = setTimeout(resolve, quiet);
          });
          observer.observe({ type: 'longtask' });
        }),
      QUIET_MS,
    );
  }
}

function longestCpu(events) {
  const threads = new Set(
    events
      .filter(
        ({ name, args }) =>
          name === 'thread_name' && args.name === 'CrRendererMain',
      )
      .map(threadOf),
  );
  const times = events
    .filter(event => event.tdur !== undefined && threads.has(threadOf(event)))
    .map(({ tdur }) => tdur / 1000);
  return Math.round(Math.max(0, ...times));
}

function threadOf({ pid, tid }) {
  return `${pid}/${tid}`;
}
