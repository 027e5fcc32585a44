// shared_name.js: a loop variable made with let is a new one in each lap. Recorded with Node 20.20.2.
for (let name of ["Ada", "Ben", "Cleo"]) setTimeout(() => console.log("let:", name), 0);
for (var shared of ["Ada", "Ben", "Cleo"]) setTimeout(() => console.log("var:", shared), 100);
