// soon.js: now, soon and later in JavaScript. Recorded with Node 20.20.2.
setTimeout(() => console.log("later"), 200);
setTimeout(() => console.log("soon"), 0); // nearest to call_soon: a task
console.log("now");
