// The support story in a real browser: from what a customer sent to a proven cause, a reply and a report.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { askedDuring, drop, example, fresh as startAfresh, open, paste, saved as savedFile, start } from "./faces.mjs";

const setting = await start();
after(() => setting.stop());

const SECRET = example("secret-not-found");
const CAUSE = "[data-code='secret.not-found'][data-status=fail][data-role-of-fail=cause]";
const HOSTILE = "<img src=x onerror=alert(1)>";

/** The command line, as `cargo xtask test page` built it. */
const CLI = process.env.PULLDOCTOR;

for (const [face, url] of Object.entries(setting.faces)) {
  describe(face, () => {
    let page;
    before(async () => {
      page = await open(setting.context, url);
    });
    after(() => page.close());

    const fresh = (text) => startAfresh(page, url, text);
    const outcome = () => page.getAttribute("[data-outcome]", "data-outcome");
    const saved = (format) => savedFile(page, `[data-role=export][data-format=${format}]`);

    test("names the cause of a messy mail with its line, in both languages", async () => {
      await fresh(SECRET);
      assert.equal(await outcome(), "root_cause");
      const english = await page.textContent(CAUSE);
      const cited = await page.textContent(`${CAUSE} mark`);
      assert.match(cited, /shop\/db-pasword/);
      await page.click("[data-role=language]");
      await page.waitForSelector("html[lang=ja]");
      assert.equal(await outcome(), "root_cause");
      const japanese = await page.textContent(CAUSE);
      assert.match(japanese, /存在しません/);
      assert.notEqual(japanese, english);
      assert.equal(await page.textContent(`${CAUSE} mark`), cited);
      assert.match(await page.textContent("main"), /原因/);
      assert.deepEqual(page.complaints, []);
    });

    test("tells screen readers once what was found", async () => {
      await fresh();
      await page.evaluate(() => {
        window.told = [];
        const region = document.querySelector("[data-role=announcement]");
        new MutationObserver(() => window.told.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
      });
      await paste(page, SECRET);
      await page.waitForSelector(CAUSE);
      const told = await page.evaluate(() => window.told);
      assert.equal(told.length, 1);
      assert.match(told[0], /^Findings: \d+\. Inputs still useful: \d+\.$/);
    });

    test("asks for what is open, and takes it as it comes", async () => {
      await fresh(example("error-only"));
      assert.equal(await outcome(), "suspects");
      const requests = page.locator("[data-operation]");
      const asked = await requests.count();
      assert.ok(asked > 0);
      for (let at = 0; at < asked; at += 1) assert.ok((await requests.nth(at).locator("button[data-copy]").count()) > 0);
      await paste(page, example("no-public-ip"));
      await page.waitForFunction(() => document.querySelectorAll("[data-role=input]").length === 2);
      assert.ok((await page.locator("li[data-service='ecr.api'][data-verdict=blocked]").count()) === 1);
      const stop = page.locator("svg[role=img] .node.bad");
      assert.ok((await stop.count()) > 0);
      assert.equal(await page.locator("[data-destination='ecr.api'] .hops li").count(), await page.locator("[data-destination='ecr.api'] svg .node").count());
    });

    test("writes to the customer in the customer's language", async () => {
      await fresh(example("error-only"));
      await page.click("details.message > summary");
      const commands = await page.locator("[data-operation] .command pre").allTextContents();
      const message = () => page.textContent("details.message pre");
      assert.match(await message(), /^Hello/);
      await page.selectOption("[data-role=message-language]", "ja");
      await page.waitForSelector("details.message pre[lang=ja]");
      const japanese = await message();
      assert.match(japanese, /お世話になっております/);
      for (const command of commands) assert.ok(japanese.includes(command), command);
    });

    test("takes an answer as evidence, keeps it over languages, and gives it back", async () => {
      const task = JSON.parse(SECRET.slice(SECRET.indexOf("{\n"), SECRET.indexOf("\n}\n") + 2));
      // A task that no service started: only a person can say which security groups it was given.
      task.tasks[0].group = "family:shop";
      delete task.tasks[0].startedBy;
      await fresh(JSON.stringify(task));
      const questions = page.locator("[data-operation='pulldoctor:Answer']");
      await questions.first().waitFor();
      const before = await page.textContent("[data-operation='pulldoctor:Answer']");
      const field = questions.first().locator("input[type=text]");
      if ((await field.count()) > 0) {
        await field.fill("sg-0a1b2c3d4e5f60718");
        await questions.first().locator("button[type=submit]").click();
      } else {
        await questions.first().locator("[data-answer]").first().click();
      }
      await page.waitForSelector("[data-role=answer]");
      await page.click("[data-role=language]");
      assert.equal(await page.locator("[data-role=answer]").count(), 1);
      await page.click("[data-role=language]");
      await page.click("[data-role=answer] button");
      await page.waitForFunction(() => !document.querySelector("[data-role=answer]"));
      assert.equal(await page.textContent("[data-operation='pulldoctor:Answer']"), before);
    });

    test("undoes, removes and forgets", async () => {
      await fresh(SECRET);
      await page.click("[data-role=input] > button");
      await page.waitForFunction(() => !document.querySelector("[data-role=input]"));
      assert.equal(await outcome(), "");
      await page.click("[data-role=undo]");
      await page.waitForSelector(CAUSE);
      await page.click("[data-role=forget]");
      await page.waitForFunction(() => !document.querySelector("[data-code]"));
      assert.equal(await page.locator("[data-role=undo]").count(), 0);
      assert.ok(!(await page.textContent("body")).includes("db-pasword"));
    });

    test("gives the same report as the command line, byte for byte", async () => {
      await fresh();
      const files = { "mail.txt": SECRET, "more.txt": example("denied") };
      await drop(page, "body", files);
      await page.waitForFunction(() => document.querySelectorAll("[data-role=input]").length === 2);
      const folder = mkdtempSync(join(tmpdir(), "pulldoctor-"));
      try {
        for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
        for (const lang of ["en", "ja"]) {
          for (const format of ["json", "markdown", "html", "text"]) {
            const { text, name } = await saved(format);
            assert.match(name, /^pulldoctor-report\./);
            assert.equal(text, cli(folder, ["diagnose", ...Object.keys(files), "--format", format, "--lang", lang]), `${format} ${lang}`);
          }
          await page.click("[data-role=language]");
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    test("lets no request leave, from paste to export", async () => {
      const context = await setting.newContext();
      const closed = await open(context, url);
      const left = [];
      await context.route("**/*", (route) => {
        left.push(route.request().url());
        return route.abort();
      });
      context.on("request", (request) => left.push(request.url()));
      await context.setOffline(true);
      await paste(closed, SECRET);
      await closed.waitForSelector(CAUSE);
      for (const summary of await closed.locator("main summary").all()) if (await summary.isVisible()) await summary.click();
      for (const format of ["json", "markdown", "html", "text"]) {
        await Promise.all([closed.waitForEvent("download"), closed.click(`[data-format=${format}]`)]);
      }
      await closed.click("[data-role=language]");
      await closed.evaluate(() => (location.hash = "#/findings/secret.not-found"));
      await closed.waitForSelector("article.page");
      assert.deepEqual(left.filter((address) => !address.startsWith("blob:")), []);
      assert.deepEqual(closed.complaints, []);
      await context.close();
    });

    test("shows hostile strings as text", async () => {
      await fresh();
      const hostile = SECRET.replaceAll("shop/db-pasword-a1B2c3", HOSTILE).replaceAll("shop-app:7", `${HOSTILE}:7`).replace("Dana", HOSTILE);
      const asked = await askedDuring(page, async () => {
        await drop(page, "body", { [`${HOSTILE}.txt`]: hostile });
        await page.waitForSelector("[data-role=input]");
        for (const summary of await page.locator("main summary").all()) if (await summary.isVisible()) await summary.click();
        assert.equal(await page.locator("#app img").count(), 0);
        assert.ok((await page.textContent("main")).includes(HOSTILE));
      });
      assert.deepEqual(asked, []);
      assert.deepEqual(page.complaints, []);
    });

    test("masks secret values at once and says so", async () => {
      const value = "hunter2-hunter2-hunter2";
      await fresh(JSON.stringify({ ARN: "arn:aws:secretsmanager:us-east-1:111122223333:secret:a-Zx9Yw8", Name: "a", SecretString: value, VersionStages: ["AWSCURRENT"] }));
      assert.equal(await page.locator(".alarm").count(), 1);
      for (const summary of await page.locator("main summary").all()) if (await summary.isVisible()) await summary.click();
      assert.ok(!(await page.content()).includes(value));
      assert.ok(!(await saved("json")).text.includes(value));
    });

    test("is worked by single keys, which stay out of fields and can be turned off", async () => {
      await fresh(SECRET);
      const focused = () => page.evaluate(() => document.activeElement.dataset.code ?? document.activeElement.dataset.role ?? document.activeElement.id);
      await page.keyboard.press("/");
      assert.equal(await focused(), "paste");
      await page.keyboard.press("j");
      assert.equal(await focused(), "secret.not-found");
      await page.keyboard.press("e");
      assert.ok(await page.locator(`${CAUSE} > details[open]`).count());
      await page.keyboard.press("j");
      await page.keyboard.press("k");
      assert.equal(await focused(), "secret.not-found");
      await page.focus("[data-role=help]");
      await page.keyboard.press("?");
      assert.ok(await page.isVisible("#help"));
      await page.keyboard.press("Escape");
      assert.ok(!(await page.isVisible("#help")));
      assert.equal(await focused(), "help");
      await page.keyboard.press("?");
      await page.click("#help input[type=checkbox]");
      await page.keyboard.press("Escape");
      await page.keyboard.press("/");
      assert.equal(await focused(), "help");
    });

    test("has a page for each finding, whose address holds nothing of the case", async () => {
      await fresh(SECRET);
      await page.click(`${CAUSE} > details > summary`);
      await page.click(`${CAUSE} a[href='#/findings/secret.not-found']`);
      await page.waitForSelector("article.page");
      assert.ok((await page.title()).includes("secret.not-found"));
      assert.equal(new URL(page.url()).hash, "#/findings/secret.not-found");
      assert.ok((await page.locator("article.page h3").count()) >= 3);
      await page.click("article.page a[href='#/']");
      await page.waitForSelector(CAUSE);
      assert.ok(!page.url().includes("111122223333"));
    });

    test("shows a long paste as a few lines", async () => {
      const many = Array.from({ length: 20000 }, (_, at) => ({ GroupId: `sg-${at.toString(16).padStart(17, "0")}`, IpPermissions: [], VpcId: "vpc-0a1b2c3d4e5f60718" }));
      await fresh(`${JSON.stringify({ SecurityGroups: many }, null, 4)}\n${SECRET}`);
      await page.waitForSelector(CAUSE);
      assert.match(await page.textContent(`${CAUSE} mark`), /shop\/db-pasword/);
      await page.locator("[data-role=input] details").last().locator("summary").click();
      await page.waitForSelector("[data-role=input] .lines .line");
      assert.equal(await page.locator("[data-role=input] .lines .line").count(), 100);
      assert.equal(await page.locator("textarea").count(), 0);
      assert.ok((await page.evaluate(() => document.querySelectorAll("*").length)) < 3000);
    });

    test("keeps what was pasted where the page breaks", async () => {
      const broken = await open(setting.context, url);
      await paste(broken, SECRET);
      await broken.waitForSelector(CAUSE);
      // What an extension might do: an element that something new has to stand before is taken away.
      await broken.evaluate(() => document.querySelector(".chips").remove());
      await paste(broken, JSON.stringify({ Name: "a", SecretString: "hunter2-hunter2", VersionStages: ["AWSCURRENT"] }));
      await broken.waitForSelector(".crash");
      const [download] = await Promise.all([broken.waitForEvent("download"), broken.click(".crash a")]);
      assert.ok(readFileSync(await download.path(), "utf8").includes(SECRET));
      const handed = await savedFile(broken, ".crash a[download='pulldoctor-crash.txt']");
      assert.match(handed.text, /^pulldoctor \d+\.\d+\.\d+ .*\d{4}-\d{2}-\d{2} .*:\d+/);
      assert.ok(handed.text.includes("taskDefinitionArn"));
      for (const name of ["111122223333", "db-pasword", "shop-app", "hunter2"]) assert.ok(!handed.text.includes(name), name);
      await broken.close();
    });

    for (const name of ["no-public-ip", "secret-not-found", "denied", "error-only"]) {
      test(`shows the example ${name} by one click`, async () => {
        await fresh();
        await page.click(`[data-example=${name}]`);
        await page.waitForSelector("[data-role=input]");
        assert.notEqual(await outcome(), "");
        assert.notEqual(await outcome(), "insufficient_evidence");
        assert.deepEqual(page.complaints, []);
      });
    }
  });
}

/** What the command line prints; its exit status says what it found, not whether it worked. */
function cli(folder, args) {
  try {
    return execFileSync(CLI, args, { cwd: folder, encoding: "utf8", maxBuffer: 1e9 });
  } catch (error) {
    if (error.status === undefined) throw error;
    return error.stdout;
  }
}
