// late.js: late timers run by their dates in JavaScript too. Recorded with Node 20.20.2.
for (const ms of [200, 100, 600]) setTimeout(() => console.log(ms), ms);
const until = Date.now() + 400;
while (Date.now() < until);
console.log("unblocked");
