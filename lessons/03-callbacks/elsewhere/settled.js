// settled.js: Promise.allSettled tells how each one ended. Recorded with Node 20.20.2.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function failing() {
  await sleep(100);
  throw new Error("Something went wrong");
}
Promise.allSettled([failing(), sleep(200)]).then((results) => {
  for (const { status, reason } of results)
    console.log(status === "rejected" ? `failed with: ${reason.message}` : "succeeded");
});
