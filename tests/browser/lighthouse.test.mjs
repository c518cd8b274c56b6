// What Lighthouse says of the hosted page. How quick it is, is told and not held: it is the machine's as much as the page's.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import lighthouse from "lighthouse";

import { host, launch } from "./faces.mjs";

const PORT = 9333;
const hosted = await host();
const browser = await launch([`--remote-debugging-port=${PORT}`]);
after(async () => {
  await browser.close();
  hosted.stop();
});

test("is accessible and built as pages should be", async () => {
  const categories = ["performance", "accessibility", "best-practices"];
  const { lhr } = await lighthouse(hosted.url, { port: PORT, onlyCategories: categories, logLevel: "error", output: "json" });
  const counted = ["accessibility", "best-practices"].flatMap((name) => lhr.categories[name].auditRefs).filter(({ weight }) => weight > 0);
  const failed = counted.map(({ id }) => lhr.audits[id]).filter(({ score }) => score !== null && score < 1);
  assert.deepEqual(failed.map(({ id, details }) => [id, JSON.stringify(details?.items ?? []).slice(0, 400)]), []);
  const score = (name) => Math.round(lhr.categories[name].score * 100);
  const value = (name) => lhr.audits[name].displayValue;
  console.log(`performance ${score("performance")}: first paint ${value("first-contentful-paint")}, blocked ${value("total-blocking-time")}, shift ${value("cumulative-layout-shift")}`);
  assert.deepEqual([score("accessibility"), score("best-practices")], [100, 100]);
});
