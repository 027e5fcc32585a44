// closing_time.js: Node stays until nothing is left to do. Recorded with Node 20.20.2.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function cook(dish, ms) {
  console.log(dish, "cooking");
  await sleep(ms);
  console.log(dish, "ready");
}
async function main() {
  cook("cake", 300);
  await sleep(100);
  console.log("main ends");
}
main();
