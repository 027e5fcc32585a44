// interval.js: setInterval takes its next date from the start of the call. Recorded with Node 20.20.2.
const begin = Date.now();
let laps = 0;
const id = setInterval(() => {
  console.log("tick at", Math.round((Date.now() - begin) / 300) * 300);
  const until = Date.now() + 100; // the work
  while (Date.now() < until);
  if (++laps === 4) clearInterval(id);
}, 300);
