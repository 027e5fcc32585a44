// forgotten_await.js: a call without await runs anyway. Recorded with Node 20.20.2.
async function greet(name) {
  console.log(`Hello, ${name}!`);
}
async function main() {
  greet("Ada");
  await greet("Ben");
}
main();
