// abort.js: a promise cannot be cancelled; a signal goes along by hand. Recorded with Node 20.20.2.
const { setTimeout: sleep } = require("node:timers/promises");
const manager = new AbortController();
async function work(signal) {
  try {
    for (;;) {
      console.log("working");
      await sleep(200, undefined, { signal });
    }
  } catch { console.log("cancelled"); }
}
work(manager.signal);
setTimeout(() => { manager.abort(); console.log("requested"); }, 300);
