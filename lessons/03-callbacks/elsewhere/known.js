// known.js: news that is there already: a handler and an await both wait. Recorded with Node 20.20.2.
async function main() {
  const promise = Promise.resolve(42);
  promise.then((value) => console.log("callback:", value));
  console.log("main:", await promise);
}
main();
