// two_tasks.js: the first prediction in JavaScript. Recorded with Node 20.20.2.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function work(name, ms) {
  console.log(name, "started");
  await sleep(ms);
  console.log(name, "finished");
}
Promise.all([work("Task 1", 300), work("Task 2", 100)]);
