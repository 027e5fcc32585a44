// sibling.js: Promise.all rejects at the first error, the sibling goes on. Recorded with Node 20.20.2.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function failing() {
  await sleep(100);
  throw new Error("Something went wrong");
}
async function sibling() {
  await sleep(300);
  console.log("sibling finished anyway");
}
Promise.all([failing(), sibling()]).catch((error) => console.log("all rejected:", error.message));
