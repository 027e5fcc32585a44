// overlap.js: a worker waits, and its message comes back as a task. Recorded with Node 20.20.2.
const { Worker } = require("node:worker_threads");
function peel() {
  const { parentPort } = require("node:worker_threads");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  parentPort.postMessage("potato");
}
const helper = new Worker(`(${peel})()`, { eval: true }); // the text of peel
helper.on("message", (text) => console.log(text));
console.log("ordered");
setTimeout(() => console.log("onions"), 100);
