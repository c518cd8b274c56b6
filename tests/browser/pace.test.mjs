// How quick the hosted page is. Told and not held: it is the machine's as much as the page's.

import { after, test } from "node:test";

import { example, host, launch, open } from "./faces.mjs";
import { sample } from "./measure.mjs";

const hosted = await host();
const browser = await launch();
after(async () => {
  await browser.close();
  hosted.stop();
});

const RUNS = 3;
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Runs in the page: from the paste to the next frame that shows the cause, and the long tasks of that time.
 *
 * The text is there before and the first task over: what it takes to bring the text into the browser is not the page's.
 */
async function pasteOnce() {
  const { text } = globalThis;
  const tasks = [];
  await new Promise((later) => setTimeout(later, 50));
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ entryTypes: ["longtask"] });
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const start = performance.now();
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  while (!document.querySelector("[data-code='secret.not-found']")) await new Promise(requestAnimationFrame);
  const shown = performance.now() - start;
  await new Promise((later) => setTimeout(later, 200));
  observer.disconnect();
  document.querySelector("[data-role=forget]").click();
  return { shown, longest: Math.max(0, ...tasks) };
}

for (const megabytes of [0.01, 1, 10, 100]) {
  test(`tells how long a paste of ${megabytes} MB takes`, async (told) => {
    const context = await browser.newContext();
    const page = await open(context, hosted.url);
    const outputs = [...sample(megabytes * 1e6), example("secret-not-found")];
    // A hundred megabytes are more than the browser's protocol takes at once.
    await page.evaluate(() => (globalThis.text = ""));
    for (let at = 0; at < outputs.length; at += 100)
      await page.evaluate((more) => (globalThis.text += `${more}\n`), outputs.slice(at, at + 100).join("\n"));
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await page.evaluate(pasteOnce));
    const of = (name) => median(runs.map((run) => run[name])).toFixed(0);
    told.diagnostic(`median of ${RUNS}: shown after ${of("shown")} ms, longest task ${of("longest")} ms`);
    await context.close();
  });
}

/** Runs in the page before anything else: notes when the place to paste is there. */
function noteStart() {
  const there = new MutationObserver(() => {
    if (!document.querySelector("[data-role=paste]")) return;
    globalThis.started = performance.now();
    there.disconnect();
  });
  there.observe(document, { childList: true, subtree: true });
}

test("tells how long the start takes on a slow machine", async (told) => {
  const starts = [];
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.addInitScript(noteStart);
    await page.goto(hosted.url);
    await page.waitForFunction(() => globalThis.started);
    starts.push(await page.evaluate(() => globalThis.started));
    await context.close();
  }
  told.diagnostic(`median of ${RUNS}: usable after ${median(starts).toFixed(0)} ms at a quarter of the speed`);
});
