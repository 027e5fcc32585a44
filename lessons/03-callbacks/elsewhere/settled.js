// settled.js: Promise.allSettled tells how each one ended. Recorded with Node 20.20.2.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function failing() {
  await sleep(100);
  throw new Error("Something went wrong");
}
Promise.allSettled([failing(), sleep(200)]).then((results) =>
  results.forEach((r, i) =>
    console.log(`Task ${i}`, r.status === "rejected" ? `failed with: ${r.reason.message}` : "succeeded"),
  ),
);
