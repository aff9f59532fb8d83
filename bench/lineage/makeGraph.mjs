// A company's lineage, the same for the same seed: domains of datasets, most of
// whose jobs read their own domain, some other domains' published tables, a few
// of the company's hubs, and cycles as incremental models make them.

/** Numbers below 1, the same for the same seed. */
export function makeRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const FRAMEWORKS = ['dbt', 'bigquery-runner', 'scio'];

/**
 * @returns {{ datasets: string[], jobs: object[], reads: number[][], writes: number[][] }}
 *   names of datasets; jobs; for each job the datasets that it reads and writes
 */
export function makeGraph({ datasets: count, edges, hubReaders, seed }) {
  const random = makeRandom(seed);
  const perDomain = 200;
  const domains = Math.ceil(count / perDomain);
  const datasets = Array.from({ length: count }, (_, i) => {
    const domain = Math.floor(i / perDomain);
    return `company-data.domain_${domain}.table_${i % perDomain}`;
  });
  const jobs = [];
  const reads = [];
  const writes = [];
  const addJob = (domain, written) => {
    const number = jobs.length;
    jobs.push({
      name: `github.com/company/domain-${domain}//pipelines/job-${number}`,
      repository: {
        host: 'github.com',
        owner: 'company',
        name: `domain-${domain}`,
      },
      path: `pipelines/job-${number}`,
      framework: FRAMEWORKS[number % FRAMEWORKS.length],
      ownerRef: `group:default/team-${domain % 120}`,
    });
    reads.push(new Set());
    writes.push(new Set(written));
    return number;
  };
  for (let i = 0; i < count; i += 1) {
    const place = i % perDomain;
    // Some of the first tables of a domain come from outside.
    if (place < 20 && place % 2 === 0) continue;
    addJob(Math.floor(i / perDomain), [i]);
  }
  // Dashboards, exports, checks: they read and write nothing that others know.
  for (let i = 0; i < count * 0.3; i += 1) {
    addJob(Math.floor(random() * domains), []);
  }

  const hub = 0;
  let total = writes.reduce((sum, written) => sum + written.size, 0);
  const addRead = (job, dataset) => {
    if (reads[job].has(dataset)) return;
    reads[job].add(dataset);
    total += 1;
  };
  const hubJobs = new Set();
  while (hubJobs.size < hubReaders) {
    hubJobs.add(Math.floor(random() * jobs.length));
  }
  for (const job of hubJobs) addRead(job, hub);
  const domainOf = jobs.map(job => Number(/domain-(\d+)/.exec(job.name)[1]));
  while (total < edges) {
    const job = Math.floor(random() * jobs.length);
    const domain = domainOf[job];
    const [written = Infinity] = writes[job];
    const kind = random();
    if (kind < 0.9) {
      // Few tables of a domain are read by many of its jobs; most by some.
      const place = Math.floor(perDomain * random() ** 2);
      const dataset = domain * perDomain + place;
      // A job reads what comes before its output; a few, what is made from it.
      if (dataset < written || random() < 0.02) addRead(job, dataset);
    } else {
      const other = Math.floor(domain * random());
      const published = Math.floor(12 * random() ** 2);
      const dataset = other * perDomain + published;
      if (dataset !== hub) addRead(job, Math.min(dataset, count - 1));
    }
  }
  return {
    datasets,
    jobs,
    reads: reads.map(each => [...each]),
    writes: writes.map(each => [...each]),
    hub,
    edges: total,
  };
}

/** The graph as a lineage provider tells it. */
export function* factsOf({ datasets, jobs, reads, writes }) {
  for (const name of datasets) yield { type: 'dataset', name };
  for (const [index, job] of jobs.entries()) {
    yield { type: 'job', ...job };
    for (const dataset of reads[index]) {
      yield { type: 'read', job: job.name, dataset: datasets[dataset] };
    }
    for (const dataset of writes[index]) {
      yield { type: 'write', job: job.name, dataset: datasets[dataset] };
    }
  }
}
