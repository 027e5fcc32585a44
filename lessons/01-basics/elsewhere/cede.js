// cede.js: here every await lets the others run. Recorded with Node 20.20.2.
async function a() {
  console.log("a");
}
function b() {
  console.log("b");
}
async function main() {
  Promise.resolve().then(b); // queued, as a task's first step is
  for (let i = 0; i < 3; ++i) await a();
}
main();
