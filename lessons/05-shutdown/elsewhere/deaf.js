// deaf.js: a blocked loop hears a signal late. Recorded with Node 20.20.2.
const open = setInterval(() => {}, 1000); // keeps the program alive
process.on("SIGTERM", () => {
  console.log("SIGTERM");
  clearInterval(open);
});
setTimeout(() => {
  process.kill(process.pid, "SIGTERM");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  console.log("dough kneaded");
}, 100);
