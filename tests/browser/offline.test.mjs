// Without a network: every scenario in a page that can reach nothing, and the hosted page kept for later.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";

import { open, start } from "./faces.mjs";

const setting = await start();
after(() => setting.stop());

const SCENARIOS = new URL("../../crates/testkit/scenarios/", import.meta.url).pathname;
const scenarios = readdirSync(SCENARIOS, { recursive: true })
  .filter((path) => path.endsWith("report.json"))
  .map((path) => join(SCENARIOS, path, ".."))
  .sort();

for (const [at, [face, url]] of Object.entries(setting.faces).entries()) {
  describe(face, () => {
    // Each face takes every other scenario: what reads them is the same module.
    const own = scenarios.filter((_, index) => index % 2 === at);

    test(`says of ${own.length} scenarios what the command line says, offline and without a request`, async () => {
      const context = await setting.newContext();
      const page = await open(context, url);
      const left = [];
      context.on("request", (request) => left.push(request.url()));
      await context.setOffline(true);
      const wrong = [];
      for (const folder of own) {
        const { outcome, findings } = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
        const names = readdirSync(join(folder, "paste")).sort();
        const files = names.map((name) => [name, readFileSync(join(folder, "paste", name)).toString("base64")]);
        const shown = await page.evaluate(async (given) => {
          document.querySelector("[data-role=forget]")?.click();
          while (document.querySelector("[data-role=input]")) await new Promise(requestAnimationFrame);
          const data = new DataTransfer();
          for (const [name, text] of given) data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
          while (document.querySelectorAll("[data-role=input]").length < given.length) await new Promise(requestAnimationFrame);
          const faults = Array.from(document.querySelectorAll("[data-status=fail]"), ({ dataset }) => `${dataset.code} ${dataset.roleOfFail}`);
          return { outcome: document.querySelector("[data-outcome]").dataset.outcome, faults: faults.sort() };
        }, files);
        const faults = findings.filter(({ status }) => status === "fail").map(({ code, role }) => `${code} ${role}`);
        const expected = { outcome, faults: faults.sort() };
        if (JSON.stringify(shown) !== JSON.stringify(expected)) wrong.push({ folder, shown, expected });
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(left, []);
      assert.deepEqual(page.complaints, []);
      await context.close();
    });

    if (face === "dist/") {
      test("comes back without a network once it was there, and can be installed", async () => {
        const context = await setting.newContext();
        const page = await open(context, url);
        const manifest = await page.getAttribute("link[rel=manifest]", "href");
        const described = JSON.parse(decodeURIComponent(manifest.slice(manifest.indexOf(",") + 1)));
        assert.deepEqual([described.start_url, described.scope, described.display], [url, url, "standalone"]);
        await context.setOffline(true);
        setting.hosted.pause();
        await page.goto(url);
        await page.waitForSelector("html[data-ready] [data-role=paste]");
        await page.click("[data-example=denied]");
        await page.waitForSelector("[data-code='iam.action-not-allowed']");
        setting.hosted.resume();
        await context.close();
      });
    }
  });
}
