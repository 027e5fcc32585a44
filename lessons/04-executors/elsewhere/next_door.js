// next_door.js: a worker has variables of its own. Recorded with Node 20.20.2.
const { Worker, isMainThread, parentPort } = require("node:worker_threads");
let potatoes = 0;
if (isMainThread) {
  const helper = new Worker(__filename);
  helper.on("message", (n) => console.log("the worker counts", n, "- on the table:", potatoes));
} else {
  potatoes += 5;
  parentPort.postMessage(potatoes);
}
