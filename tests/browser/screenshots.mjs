// Takes the pictures of docs/screenshots: `node tests/browser/screenshots.mjs`, once `cargo xtask dist` has built the page.

import { example, host, launch, open, paste } from "./faces.mjs";

const FOLDER = new URL("../../docs/screenshots/", import.meta.url).pathname;
const unfold = (page, within) => page.evaluate((within) => document.querySelectorAll(`${within} details`).forEach((part) => (part.open = true)), within);

const SHOTS = [
  { name: "start-en", height: 900 },
  { name: "root-cause-en", of: "denied", height: 1500 },
  { name: "root-cause-ja-phone", of: "secret-not-found", lang: "ja", width: 360, height: 1600 },
  { name: "collect-en-dark-phone", of: "error-only", dark: true, width: 360, height: 1600, at: ".collect" },
  { name: "path-ja-dark", of: "no-public-ip", lang: "ja", dark: true, height: 1500, at: "[data-destination='ecr.api']" },
  { name: "destinations-en", of: "no-public-ip", height: 900, at: ".destinations" },
  { name: "destinations-ja-dark-phone", of: "no-public-ip", lang: "ja", dark: true, width: 360, height: 1100, at: ".destinations" },
  {
    name: "remedy-en-dark",
    of: "denied",
    dark: true,
    height: 1100,
    at: "[data-code='iam.action-not-allowed'] .fix",
    async before(page) {
      await unfold(page, "[data-code='iam.action-not-allowed'] .fix");
      await page.locator("[data-role=try]").first().click();
      await page.waitForSelector(".tried");
    },
  },
  {
    name: "compare-ja",
    of: "secret-not-found",
    lang: "ja",
    height: 900,
    async before(page) {
      await page.check("[data-role=changed]");
      await paste(page, example("secret-not-found"));
      await page.waitForSelector("[data-role=comparison]");
    },
  },
];

const hosted = await host();
const browser = await launch();
for (const { name, of, lang = "en", dark, width = 1280, height, at, before } of SHOTS) {
  const locale = lang === "ja" ? "ja-JP" : "en-US";
  const context = await browser.newContext({ locale, viewport: { width, height }, colorScheme: dark ? "dark" : "light" });
  const page = await open(context, hosted.url);
  if (of) {
    await page.click(`[data-example=${of}]`);
    await page.waitForSelector("[data-role=input]");
  }
  await before?.(page);
  if (at) await page.evaluate((selector) => document.querySelector(selector).scrollIntoView(), at);
  else await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${FOLDER}${name}.png` });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wider > 0) throw new Error(`${name}: ${wider} pixels wider than the window`);
  await context.close();
}
await browser.close();
hosted.stop();
