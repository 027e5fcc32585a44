// callback_error.js: the error of a handler ends the promise that then() gave. Recorded with Node 20.20.2.
const news = new Promise((resolve) => setTimeout(resolve, 100));
const next = news.then(() => {
  throw new Error("dead battery");
});
news.then(() => console.log("Ben"));
next.catch((error) => console.log("next:", error.message));
