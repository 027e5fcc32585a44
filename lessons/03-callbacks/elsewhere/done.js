// done.js: a then-handler goes to the microtask queue. Recorded with Node 20.20.2.
let resolve;
const promise = new Promise((r) => (resolve = r));
promise.then((value) => console.log("callback", value));
setTimeout(() => console.log("queued before"), 0);
resolve(42);
console.log("after resolve");
