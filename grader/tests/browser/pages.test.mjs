// Drives the pages of a class in Chromium: by keyboard, with hostile texts, offline, without scripts.
//
// run.py makes the pages: CLASS_PAGES is their folder, CHROMIUM the browser. Nothing leaves the
// machine: every request is recorded, and must be for a file.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const folder = process.env.CLASS_PAGES;
const index = pathToFileURL(join(folder, "index.html")).href;
const students = readdirSync(join(folder, "students")).map(
  (name) => pathToFileURL(join(folder, "students", name)).href);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: quiet });
});
after(() => browser?.close());

// A page with a record of all that must not happen: requests, errors, violations, a script's traces.
async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const seen = { requests: [], complaints: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => seen.complaints.push(message.text()));
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("dialog", (dialog) => { seen.complaints.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener("securitypolicyviolation", (e) => window.violations.push(e.violatedDirective));
  });
  await page.goto(url);
  return { page, seen, close: () => context.close() };
}

const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim());
const names = (page) => page.$$eval("#class tbody tr:not([hidden])", (rows) =>
  rows.map((row) => row.cells[1].textContent));
const outline = (page) => page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);

async function tabUntil(page, wanted, most = 200) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), wanted)) return;
  }
  assert.fail(`no Tab reached ${wanted}`);
}

test("the first Tab reaches the skip link, and Enter goes to the content", async () => {
  const { page, close } = await open(index);
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Skip to the content");
  assert.notEqual(await outline(page), "none");
  assert.ok((await page.locator(".skip").boundingBox()).x >= 0, "the focused link is on the screen");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await close();
});

test("the table sorts by keyboard, says so, and sorts points as numbers", async () => {
  const { page, close } = await open(index);
  await tabUntil(page, "#class thead button");
  assert.equal(await focused(page), "Student");
  assert.notEqual(await outline(page), "none");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Points");
  const points = () => page.$$eval("#class tbody tr", (rows) => rows.map((r) => Number(r.cells[2].dataset.v)));
  const sign = (a, b) => a - b;
  const given = await points();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#class th[aria-sort]").getAttribute("aria-sort"), "ascending");
  assert.deepEqual(await points(), [...given].sort(sign));
  assert.equal(await page.locator("#status").textContent(), "Sorted by Points, ascending.");
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#class th[aria-sort]").getAttribute("aria-sort"), "descending");
  assert.deepEqual(await points(), [...given].sort(sign).reverse());
  assert.equal(await page.locator("#class th[aria-sort]").count(), 1);
  await close();
});

test("the filter keeps the rows that have every word, and an empty one keeps all", async () => {
  const { page, close } = await open(index);
  const all = await names(page);
  await tabUntil(page, "#filter");
  await page.keyboard.type("same wrong-order");
  assert.deepEqual(await names(page), ["1004"]);
  assert.equal(await page.locator("#status").textContent(), `1 of ${all.length} students.`);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Backspace");
  assert.deepEqual(await names(page), all);
  await close();
});

test("a group unfolds by keyboard, and its box of ids is selected on focus", async () => {
  const { page, close } = await open(index);
  await tabUntil(page, "#groups ~ details > summary");
  await page.keyboard.press("Enter");
  await tabUntil(page, "textarea");
  const [chosen, whole] = await page.evaluate(() => {
    const { selectionStart, selectionEnd, value } = document.activeElement;
    return [value.slice(selectionStart, selectionEnd), value];
  });
  assert.equal(chosen, whole);
  assert.match(whole, /^evil$/m);
  await close();
});

test("no script of an answer runs, nothing is requested, nothing is complained of", async () => {
  for (const url of [index, ...students]) {
    const { page, seen, close } = await open(url);
    await page.evaluate(() => { for (const one of document.querySelectorAll("details")) one.open = true; });
    await page.mouse.move(300, 300);
    assert.equal(await page.evaluate(() => typeof window.canary), "undefined", url);
    assert.deepEqual(await page.evaluate(() => window.violations), [], url);
    assert.deepEqual(seen.requests, [url]);
    assert.deepEqual(seen.complaints, []);
    assert.equal(await page.locator("script").count(), 1);
    assert.equal(await page.locator("img, iframe, object, embed, base, form").count(), 0);
    await close();
  }
});

test("dark is dark, and light is light", async () => {
  const { page, close } = await open(index);
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual([light, await ground()], ["rgb(252, 251, 248)", "rgb(25, 24, 22)"]);
  await close();
});

test("the canary is one: the policy stops it, and without the policy it would sing", async () => {
  const { page, close } = await open(index);
  const hostile = "<img src=x onerror='window.canary=1'>";
  await page.evaluate((html) => { document.body.insertAdjacentHTML("beforeend", html); }, hostile);
  await page.waitForFunction(() => window.violations.length > 0);
  assert.equal(await page.evaluate(() => typeof window.canary), "undefined");
  await page.goto("about:blank");
  await page.evaluate((html) => { document.body.innerHTML = html; }, hostile);
  await page.waitForFunction(() => window.canary === 1);
  await close();
});

test("without scripts everything is there, and no dead button", async () => {
  const { page, close } = await open(index, { javaScriptEnabled: false });
  assert.equal(await page.locator("button").count(), 0);
  assert.equal(await page.locator("#filter").isVisible(), false);
  assert.equal(await page.locator("#class tbody tr").count(), students.length);
  await close();
});

test("no page is wider than its screen, light or dark; what scrolls has a name and takes keys", async () => {
  for (const url of [index, ...students]) {
    const { page, close } = await open(url);
    await page.evaluate(() => { for (const one of document.querySelectorAll("details")) one.open = true; });
    for (const [width, colorScheme] of [[320, "dark"], [360, "light"], [1280, "dark"]]) {
      await page.setViewportSize({ width, height: 700 });
      await page.emulateMedia({ colorScheme });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, url);
    }
    const mute = await page.$$eval(".scroll", (all) => all
      .filter((e) => e.tabIndex !== 0 || e.getAttribute("role") !== "group"
        || !(e.ariaLabel || document.getElementById(e.getAttribute("aria-labelledby"))))
      .map((e) => e.outerHTML.slice(0, 80)));
    assert.deepEqual(mute, []);
    await close();
  }
});

test("paper unfolds what is folded, and folds it again", async () => {
  const { page, close } = await open(index);
  const folded = () => page.locator("details:not([open])").count();
  const before = await folded();
  assert.ok(before > 0);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await folded(), 0);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await folded(), before);
  await close();
});
