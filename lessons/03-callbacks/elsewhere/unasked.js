// unasked.js: an error that nobody asks for ends the program. Recorded with Node 20.20.2.
async function printPoster() {
  throw new Error("out of paper");
}
const task = printPoster();
setTimeout(() => console.log("never said"), 100);
console.log("main: printing");
