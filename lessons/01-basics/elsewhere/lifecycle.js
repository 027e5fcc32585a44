// lifecycle.js: the lesson's two tasks in JavaScript. Recorded with Node 20.20.2.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function task(name, ms) {
  console.log(name, "starting");
  await sleep(ms);
  console.log(name, "done");
}
const a = task("A", 200), b = task("B", 100);
console.log("waiting");
Promise.all([a, b]);
