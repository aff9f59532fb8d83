/** The same questions, asked of plain arrays in this process. */
export class MemoryGraph {
  #jobsOf;
  #datasetsOf;

  constructor({ datasets, reads, writes }) {
    this.#jobsOf = datasets.map(() => []);
    reads.forEach((read, job) =>
      read.forEach(dataset => this.#jobsOf[dataset].push(job)),
    );
    this.#datasetsOf = writes;
  }

  /** All consumers of a dataset to a depth, each with one shortest path. */
  findConsumers(root, depth) {
    const parentOfJob = new Map();
    const parentOfDataset = new Map([[root, undefined]]);
    const depths = new Map();
    let level = [root];
    for (let at = 1; at <= depth && level.length > 0; at += 1) {
      const next = [];
      for (const dataset of level) {
        for (const job of this.#jobsOf[dataset]) {
          if (parentOfJob.has(job)) continue;
          parentOfJob.set(job, dataset);
          depths.set(job, at);
          for (const written of this.#datasetsOf[job]) {
            if (parentOfDataset.has(written)) continue;
            parentOfDataset.set(written, job);
            next.push(written);
          }
        }
      }
      level = next;
    }
    return [...parentOfJob.keys()].map(job => ({
      job,
      depth: depths.get(job),
      path: pathTo(job, parentOfJob, parentOfDataset),
    }));
  }
}

function pathTo(job, parentOfJob, parentOfDataset) {
  const path = [];
  for (let at = job; at !== undefined; ) {
    const dataset = parentOfJob.get(at);
    path.unshift(dataset, at);
    at = parentOfDataset.get(dataset);
  }
  return path;
}
