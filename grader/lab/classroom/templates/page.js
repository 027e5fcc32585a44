// The extras of a page: sort, filter, select, print. A page is whole without them.
"use strict";
(() => {
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const status = document.getElementById("status");
  const say = (text) => { if (status) status.textContent = text; };

  const value = (cell) => cell.dataset.v ?? cell.textContent.trim();

  // Reads every key once, sorts, and puts the rows back in one go; equal keys keep their order.
  function sort(table, column, direction) {
    const body = table.tBodies[0];
    const keyed = Array.from(body.rows, (row) => [value(row.cells[column]), row]);
    const numbers = keyed.every(([key]) => key !== "" && Number.isFinite(Number(key)));
    const compare = numbers ? (a, b) => a - b : collator.compare;
    keyed.sort(([a], [b]) => direction * compare(a, b));
    body.append(...keyed.map(([, row]) => row));
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => {
      if (head.classList.contains("plain")) return;
      const name = head.textContent;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        sort(table, column, up ? 1 : -1);
        say(`Sorted by ${name}, ${up ? "ascending" : "descending"}.`);
      });
    });
  }

  const field = document.getElementById("filter");
  const people = document.getElementById("class");
  if (field && people) {
    field.closest("[hidden]").hidden = false;
    let texts = null;
    field.addEventListener("input", () => {
      texts ??= Array.from(people.tBodies[0].rows, (row) => [row.textContent.toLowerCase(), row]);
      const words = field.value.toLowerCase().split(/\s+/);
      let shown = 0;
      for (const [text, row] of texts) {
        row.hidden = !words.every((word) => text.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      say(`${shown} of ${texts.length} students.`);
    });
  }

  for (const area of document.querySelectorAll("textarea[readonly]")) {
    area.addEventListener("focus", () => area.select());
  }

  // Paper cannot be unfolded.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
    opened = [];
  });
})();
