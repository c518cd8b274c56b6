// What a person at a desk does with a case: several at once, what to send, what to hand on, what to look up.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { askedDuring, example, fresh as startAfresh, open, paste, saved as savedFile, start } from "./faces.mjs";

const setting = await start();
after(() => setting.stop());

const SECRET = example("secret-not-found");
const CAUSE = "[data-code='secret.not-found'][data-status=fail]";

for (const [face, url] of Object.entries(setting.faces)) {
  describe(face, () => {
    let page;
    before(async () => {
      page = await open(setting.context, url);
    });
    after(() => page.close());

    const fresh = (text) => startAfresh(page, url, text);
    const unfold = (selector) => page.locator(`${selector} > summary`).first().click();
    const saved = (selector) => savedFile(page, selector);

    test("holds several cases, each for itself, and brings a closed one back", async () => {
      await fresh(SECRET);
      await page.waitForSelector(CAUSE);
      await page.click("[data-role=new-case]");
      await page.waitForFunction(() => !document.querySelector("[data-code]"));
      await paste(page, example("denied"));
      await page.waitForSelector("[data-code='iam.action-not-allowed'][data-status=fail]");
      await page.locator("[data-role=tab]").first().click();
      await page.waitForSelector(CAUSE);
      assert.equal(await page.getAttribute("[data-role=tab][aria-current]", "data-role"), "tab");
      await page.locator("[data-role=close]").first().click();
      await page.waitForSelector("[data-code='iam.action-not-allowed']");
      await page.click("[data-role=reopen]");
      await page.waitForSelector(CAUSE);
      await page.click("[data-role=forget]");
      await page.waitForFunction(() => document.querySelectorAll("[data-role=tab]").length === 1);
      assert.equal(await page.locator("[data-role=reopen], [data-code], [data-role=input]").count(), 0);
    });

    test("asks before what was pasted goes with the page, and only then", async () => {
      const leave = () => page.evaluate(() => location.reload());
      await fresh();
      // The browser asks only where a person has used the page.
      await page.click("[data-role=language]");
      assert.deepEqual(await askedDuring(page, () => Promise.all([page.waitForEvent("load"), leave()])), []);
      await fresh(SECRET);
      await page.click("[data-role=language]");
      const asked = await askedDuring(page, async () => {
        const dialog = page.waitForEvent("dialog");
        await leave();
        await dialog;
      });
      assert.deepEqual(asked, ["beforeunload"]);
      assert.equal(await page.locator("[data-role=input]").count(), 1);
    });

    test("names what an output decides by its title", async () => {
      await fresh(example("error-only"));
      const decided = page.locator(".request a[href^='#/findings/']");
      assert.ok((await decided.count()) > 0);
      for (const link of await decided.all()) assert.notEqual(await link.textContent(), await link.getAttribute("title"));
    });

    test("writes commands for the customer's shell, in the message too", async () => {
      await fresh(example("error-only").replace("shop", "it's"));
      const commands = () => page.locator(".requests .command pre").allTextContents();
      const bash = await commands();
      await unfold("details[data-purpose=ask]");
      assert.match(await page.textContent("details[data-purpose=ask] pre"), /bash/);
      await page.selectOption("[data-role=shell]", "powershell");
      await page.waitForFunction(() => document.querySelector("details[data-purpose=ask] pre").textContent.includes("PowerShell"));
      const message = await page.textContent("details[data-purpose=ask] pre");
      const quoted = await commands();
      assert.equal(quoted.length, bash.length);
      for (const command of quoted) assert.ok(message.includes(command), command);
    });

    test("offers one script for everything, for both systems", async () => {
      await fresh(example("no-public-ip"));
      await unfold("details.collector");
      const bash = await saved("[data-role=collector]");
      assert.equal(bash.name, "pulldoctor-collect.sh");
      assert.ok(bash.text.startsWith("#!") && bash.text.includes("0123456789abcdef0123456789abcdef"));
      await page.selectOption("[data-role=shell]", "cmd");
      const windows = await saved("[data-role=collector]");
      assert.equal(windows.name, "pulldoctor-collect.ps1");
      assert.ok(windows.text.includes("0123456789abcdef0123456789abcdef"));
    });

    test("writes the reply with the cause, its place in the output and what to do, in the customer's language", async () => {
      await fresh(SECRET);
      await unfold("details[data-purpose=answer]");
      const reply = () => page.textContent("details[data-purpose=answer] pre");
      const title = (await page.textContent(`${CAUSE} h3`)).slice(1).trim();
      assert.ok((await reply()).includes(title), await reply());
      assert.match(await reply(), /Evidence: \w+:\w+, \/\w+/);
      assert.equal((await reply()).split(title).length, 2, await reply());
      await page.selectOption("details[data-purpose=answer] select", "ja");
      await page.waitForSelector("details[data-purpose=answer] pre[lang=ja]");
      assert.match(await reply(), /お世話になっております[^]*根拠: [^]*対処方法/);
      assert.equal(await page.getAttribute("html", "lang"), "en");
    });

    test("hands on a report that names nothing of the case, and says the same", async () => {
      await fresh(SECRET);
      const plain = JSON.parse((await saved("[data-format=json]")).text);
      await page.check("[data-role=redact]");
      await page.waitForSelector("[data-role=redacted-evidence]");
      await page.selectOption("[data-role=report-language]", "ja");
      const { text } = await saved("[data-format=json]");
      const redacted = JSON.parse(text);
      assert.equal(redacted.outcome, plain.outcome);
      assert.deepEqual(redacted.findings.map(({ code, status }) => [code, status]), plain.findings.map(({ code, status }) => [code, status]));
      assert.match(redacted.findings[0].title, /[ぁ-んァ-ン]/);
      await unfold("section.export details:last-of-type");
      await page.waitForSelector(".preview");
      const evidence = await saved("[data-role=redacted-evidence]");
      for (const shown of [text, evidence.text, await page.textContent(".preview")]) {
        for (const name of ["111122223333", "db-pasword", "shop-app", "0123456789abcdef0123456789abcdef"]) assert.ok(!shown.includes(name), name);
      }
    });

    test("leads from a line of the paste to what rests on it, and from a finding to the line", async () => {
      await fresh(SECRET);
      const number = await page.textContent(`${CAUSE} .cited .number`);
      await page.locator("[data-role=input] details.look").last().locator("summary").click();
      await page.waitForSelector(".places");
      await page.locator(".places button", { hasText: new RegExp(`^${number}$`) }).click();
      const title = (await page.textContent(`${CAUSE} h3`)).slice(1).trim();
      const claim = page.locator("[data-role=claims] li", { hasText: title });
      await claim.first().waitFor();
      assert.ok((await claim.first().textContent()).includes(number));
      await claim.first().locator("button").click();
      assert.equal(await page.evaluate(() => document.activeElement.dataset.code), "secret.not-found");
    });

    test("tries a remedy on what was pasted and tells what would be gone", async () => {
      await fresh(example("denied"));
      await page.locator("[data-status=fail] [data-role=try]").first().click();
      await page.waitForSelector(".tried");
      const title = (await page.textContent("[data-status=fail] h3")).slice(1).trim();
      assert.ok((await page.textContent(".tried > div:first-child dd")).includes(title));
      assert.equal(await page.textContent(".tried > div:last-child dd"), "none");
    });

    test("gives a remedy as a template too, and tells how to check it and take it back", async () => {
      await fresh(example("denied"));
      const form = (name) => page.locator(`[data-status=fail] [data-form=${name}]`).first();
      for (const name of ["cloudformation", "terraform", "undo", "verify"]) await form(name).locator("summary").click();
      const role = "shop-execution";
      assert.match(await form("cloudformation").textContent(), new RegExp(`AWS::IAM::RolePolicy[^]*RoleName: "${role}"`));
      assert.match(await form("terraform").textContent(), new RegExp(`aws_iam_role_policy[^]*role = "${role}"`));
      assert.match(await form("undo").textContent(), new RegExp(`aws iam delete-role-policy --role-name ${role}`));
      assert.match(await form("verify").textContent(), /iam:/);
    });

    test("shows the least policies, as JSON to copy", async () => {
      await fresh(example("denied"));
      await unfold("details.policies");
      await page.waitForSelector(".policy");
      const documents = await page.locator(".policy pre").allTextContents();
      assert.ok(documents.length >= 2);
      const actions = documents.map((text) => JSON.parse(text)).flatMap(({ Statement }) => Statement).flatMap(({ Action }) => Action);
      assert.ok(actions.includes("secretsmanager:GetSecretValue") && actions.includes("sts:AssumeRole"));
    });

    test("compares what came after a change with what stood before", async () => {
      await fresh(SECRET);
      await page.check("[data-role=changed]");
      assert.equal(await page.locator("[data-role=comparison]").count(), 0);
      await paste(page, SECRET);
      await page.waitForSelector("[data-role=comparison]");
      assert.equal(await page.getAttribute("[data-role=comparison]", "data-progress"), "remains");
      await page.uncheck("[data-role=changed]");
      await page.waitForFunction(() => !document.querySelector("[data-role=comparison]"));
    });

    test("has two reading levels", async () => {
      await fresh(SECRET);
      const told = page.locator(`${CAUSE} [data-role=mind]`);
      assert.ok(!(await told.isVisible()));
      await page.click("[data-role=detail]");
      await told.waitFor();
      assert.match(await told.textContent(), /secretsmanager:|ecs:/);
      await page.click("[data-role=detail]");
      await told.waitFor({ state: "hidden" });
    });

    test("saves the picture of a path as a file that stands alone, and leads from a node to its proof", async () => {
      await fresh(example("no-public-ip"));
      const picture = await saved("[data-destination='ecr.api'] [data-role=picture]");
      assert.match(picture.name, /\.svg$/);
      const blank = await setting.context.newPage();
      const faults = await blank.evaluate((text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll("parsererror").length, picture.text);
      assert.equal(faults, 0);
      await blank.close();
      assert.ok(!/https?:(?!\/\/www\.w3\.org)/.test(picture.text));
      await page.locator("[data-destination='ecr.api'] .hops button").first().click();
      await page.waitForSelector("[data-destination='ecr.api'] .evidence[open] .lines");
      assert.match(await page.evaluate(() => document.activeElement.id), /^proof-/);
    });

    test("keeps the focus on what a person unfolds", async () => {
      await fresh(SECRET);
      for (const selector of [`${CAUSE} .evidence:not([open])`, "[data-role=input] details.look:last-of-type", "details.collector", "section.export details"]) {
        const summary = page.locator(`${selector} > summary`).first();
        await summary.focus();
        const element = await summary.elementHandle();
        await page.keyboard.press("Enter");
        await page.waitForFunction((summary) => summary.parentElement.open && summary.parentElement.children.length > 1, element);
        assert.ok(await element.evaluate((summary) => summary === document.activeElement), selector);
      }
    });

    test("reads ten megabytes in steps and shows how far it is", async () => {
      await fresh();
      const many = Array.from({ length: 60000 }, (_, at) => ({ GroupId: `sg-${at.toString(16).padStart(17, "0")}`, IpPermissions: [], VpcId: "vpc-0a1b2c3d4e5f60718" }));
      await page.evaluate(() => {
        window.seen = false;
        new MutationObserver(() => (window.seen ||= document.querySelector("progress") !== null)).observe(document.body, { childList: true, subtree: true });
      });
      await paste(page, `${JSON.stringify({ SecurityGroups: many }, null, 4)}\n${SECRET}`);
      await page.waitForSelector(CAUSE);
      assert.ok(await page.evaluate(() => window.seen));
      assert.equal(await page.locator("progress").count(), 0);
      assert.deepEqual(page.complaints, []);
    });
  });
}
