// node_peer.mjs: Node's column.   node node_peer.mjs WORKLOAD | list | echo PORT
//
// setImmediate is the call_soon of Node: one call in a turn of its loop. (process.nextTick and
// microtasks are quicker, but nothing else runs until they have ended.) Other threads are workers:
// each has a loop and a memory of its own, and what they say to each other are messages. Timed
// bodies run once small before they are measured, so that the compiler has been there; where it
// costs memory, or time is wall time anyway, they do not.
import { createServer } from 'node:net';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';

const WARM_UP = 20_000;
const CHAIN = 1_000_000;
const BURST = 1_000_000;
const TIMERS = 1_000_000;
const LIVE_TIMERS = 10_000;
const CHURN_MOVES = 300_000;
const YIELDS = 500_000;
const TASKS = 1_000_000;
const AWAITS = 5_000_000;
const POSTS = 200_000;
const ROUND_TRIPS = 10_000;
const BATCHED_JOBS = 200_000;
const BATCH = 1_000;

const nanoseconds = () => Number(process.hrtime.bigint());
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const memoryBytes = () => process.memoryUsage.rss();
const peakMemoryBytes = () => process.resourceUsage().maxRSS * 1024;

function report(workload, value, unit = 'ns') {
  console.log(`${workload} ${value.toFixed(3)} ${unit}`);
}

/** The same numbers in every run: Math.random cannot be seeded. */
class Random {
  #state = 12345;

  below(limit) {
    this.#state = (this.#state * 1103515245 + 12345) % 2147483648;
    return Math.floor((this.#state / 2147483648) * limit);
  }
}

function permutation(count) {
  const numbers = Uint32Array.from({ length: count }, (_, i) => i);
  const random = new Random();
  for (let i = count; i > 1; i--) {
    const j = random.below(i);
    [numbers[i - 1], numbers[j]] = [numbers[j], numbers[i - 1]];
  }
  return numbers;
}

/** Returns a promise of the nanoseconds that each of `count` took. */
function chain(count) {
  return new Promise((resolve) => {
    let left = count;
    const begin = nanoseconds();
    const step = () => {
      if (--left > 0) setImmediate(step);
      else resolve((nanoseconds() - begin) / count);
    };
    setImmediate(step);
  });
}

function burst() {
  return new Promise((resolve) => {
    let sum = 0;
    const begin = nanoseconds();
    for (let i = 0; i < BURST; i++) {
      setImmediate((a, b, c) => { sum += a + b + c; }, i, i + 1, i + 2);
    }
    setImmediate(() => resolve((nanoseconds() - begin) / BURST));
  });
}

async function moveTimers(timers, random, moves) {
  const begin = nanoseconds();
  for (let i = 0; i < moves; i++) {
    const which = random.below(LIVE_TIMERS);
    clearTimeout(timers[which]);
    timers[which] = setTimeout(() => {}, 1_000 + random.below(60_000));
    if (i % 64 === 0) await nextTurn();
  }
  return (nanoseconds() - begin) / moves;
}

async function yieldOften(count) {
  const begin = nanoseconds();
  for (let i = 0; i < count; i++) await nextTurn();
  return (nanoseconds() - begin) / count;
}

let sum = 0;
async function trivial(i) {
  sum += i;
}

async function startAndAwaitAll() {
  const begin = nanoseconds();
  const started = new Array(TASKS);
  for (let i = 0; i < TASKS; i++) started[i] = trivial(i);
  await Promise.all(started);
  return (nanoseconds() - begin) / TASKS;
}

async function leaf(x) {
  return x + 1;
}

async function callOften(count) {
  let x = 0;
  const begin = nanoseconds();
  for (let i = 0; i < count; i++) x = await leaf(x);
  return (nanoseconds() - begin) / count;
}

function startWorker(role) {
  return new Worker(fileURLToPath(import.meta.url), { workerData: role });
}

/** Returns a promise of a worker that sends back what it is sent, and has begun. */
function startEchoingWorker() {
  return new Promise((resolve) => {
    const worker = startWorker('echo');
    worker.once('message', () => resolve(worker));
    worker.postMessage(0);
  });
}

async function roundTrips(workload) {
  const worker = await startEchoingWorker();
  const begin = nanoseconds();
  await new Promise((resolve) => {
    let done = 0;
    worker.on('message', () => {
      if (++done === ROUND_TRIPS) resolve();
      else worker.postMessage(done);
    });
    worker.postMessage(0);
  });
  report(workload, (nanoseconds() - begin) / ROUND_TRIPS);
}

const workloads = {
  async call_soon_chain() {
    await chain(WARM_UP);
    report('call_soon_chain', await chain(CHAIN));
  },

  async call_soon_chain_io() { // the same beside a server that nobody asks, and a far timer
    createServer().listen(0, '127.0.0.1');
    setTimeout(() => {}, 3_600_000);
    await nextTurn();
    await chain(WARM_UP);
    report('call_soon_chain_io', await chain(CHAIN));
  },

  async call_soon_burst() {
    const before = memoryBytes();
    report('call_soon_burst_cold', await burst());
    report('call_soon_burst_bytes', (peakMemoryBytes() - before) / BURST, 'B');
    report('call_soon_burst', await burst());
  },

  async timers_fire() { // Node cuts deadlines to whole milliseconds, and has a list for each
    const random = new Random();
    const delays = Float64Array.from({ length: TIMERS }, () => random.below(50_000) / 1_000);
    const beginProcessor = process.cpuUsage();
    const begin = nanoseconds();
    await new Promise((resolve) => {
      let fired = 0;
      for (let i = 0; i < TIMERS; i++) {
        setTimeout(() => { if (++fired === TIMERS) resolve(); }, delays[i]);
      }
    });
    report('timers_fire', (nanoseconds() - begin) / TIMERS);
    const { user, system } = process.cpuUsage(beginProcessor); // microseconds
    report('timers_fire_cpu', ((user + system) * 1_000) / TIMERS);
  },

  async timers_cancel() {
    const order = permutation(TIMERS);
    const nothing = () => {};
    const begin = nanoseconds();
    const timers = new Array(TIMERS);
    for (let i = 0; i < TIMERS; i++) timers[i] = setTimeout(nothing, 60_000);
    for (let i = 0; i < TIMERS; i++) clearTimeout(timers[order[i]]);
    report('timers_cancel', (nanoseconds() - begin) / TIMERS);
  },

  async timers_churn() {
    const random = new Random();
    const far = () => setTimeout(() => {}, 1_000 + random.below(60_000));
    const timers = Array.from({ length: LIVE_TIMERS }, far);
    await moveTimers(timers, random, WARM_UP);
    report('timers_churn', await moveTimers(timers, random, CHURN_MOVES));
  },

  async coro_yield() {
    await yieldOften(WARM_UP);
    report('coro_yield', await yieldOften(YIELDS));
  },

  async spawn_join() {
    const before = memoryBytes();
    report('spawn_join_cold', await startAndAwaitAll());
    report('spawn_join_bytes', (peakMemoryBytes() - before) / TASKS, 'B');
    report('spawn_join', await startAndAwaitAll());
  },

  async nested_await() {
    await callOften(WARM_UP);
    report('nested_await', await callOften(AWAITS));
  },

  async post_threadsafe() { // from the first message on: a worker needs long to begin
    await new Promise((resolve) => {
      let begin = 0;
      let received = 0;
      startWorker('poster').on('message', () => {
        if (received === 0) begin = nanoseconds();
        if (++received === POSTS) {
          report('post_threadsafe', (nanoseconds() - begin) / POSTS);
          resolve();
        }
      });
    });
  },

  async loop_pingpong() {
    await roundTrips('loop_pingpong');
  },

  async executor_roundtrip() { // a worker is what Node has for work that blocks: the same messages
    await roundTrips('executor_roundtrip');
  },

  async executor_batch() {
    const worker = await startEchoingWorker();
    const begin = nanoseconds();
    await new Promise((resolve) => {
      let done = 0;
      const submit = () => {
        for (let i = 0; i < BATCH; i++) worker.postMessage(i);
      };
      worker.on('message', () => {
        if (++done === BATCHED_JOBS) resolve();
        else if (done % BATCH === 0) submit();
      });
      submit();
    });
    report('executor_batch', (nanoseconds() - begin) / BATCHED_JOBS);
  },
};

function echo(port) {
  createServer({ noDelay: true }, (socket) => {
    socket.on('data', (bytes) => socket.write(bytes));
    socket.on('error', () => {});
  }).listen(port, '127.0.0.1', 1024);
}

if (!isMainThread) {
  if (workerData === 'poster') {
    for (let i = 0; i < POSTS; i++) parentPort.postMessage(i);
  } else {
    parentPort.on('message', (message) => parentPort.postMessage(message));
  }
} else {
  const wish = process.argv[2] ?? 'list';
  if (wish === 'echo') {
    echo(Number(process.argv[3]));
  } else if (Object.hasOwn(workloads, wish)) {
    await workloads[wish]();
    process.exit(0); // without waiting for workers and timers that are left
  } else {
    console.log([...Object.keys(workloads), 'echo'].join('\n'));
    process.exitCode = wish === 'list' ? 0 : 3;
  }
}
