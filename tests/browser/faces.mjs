// The two faces of the page, and the browser that they are looked at with.

import { createReadStream, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { crc32, deflateRawSync } from "node:zlib";

import { chromium } from "playwright-core";

const DIST = process.env.PULLDOCTOR_DIST ?? new URL("../../dist", import.meta.url).pathname;
/** While working on the page: only this face. */
const FACE = process.env.PULLDOCTOR_FACE;
const BROWSER = process.env.CHROME_PATH ?? "/usr/bin/chromium";

// The browser itself shall not make connections either: they would be taken for the page's.
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".txt": "text/plain",
  ".wasm": "application/wasm",
};

/** Any static host: serves a folder below another, as a project page is, and notes each request. */
export async function host(root = DIST) {
  const requests = [];
  let paused = false;
  const server = createServer((request, response) => {
    if (paused) {
      request.destroy();
      return;
    }
    requests.push(request.url);
    const path = new URL(request.url, "http://host").pathname;
    const inside = path.startsWith("/some/folder/") ? path.slice("/some/folder/".length) || "index.html" : null;
    if (inside === null || normalize(inside).startsWith("..")) {
      response.writeHead(404).end();
      return;
    }
    const file = createReadStream(join(root, inside));
    file.on("error", () => response.writeHead(404).end());
    file.on("open", () => {
      response.writeHead(200, { "content-type": TYPES[extname(inside)] ?? "application/octet-stream" });
      file.pipe(response);
    });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const pause = (now) => () => (paused = now);
  return { requests, origin, url: `${origin}/some/folder/`, pause: pause(true), resume: pause(false), stop: () => server.close() };
}

/** Starts the browser, with a new profile that goes when it ends. */
export function launch(more = []) {
  return chromium.launch({ executablePath: BROWSER, args: [...QUIET, ...more], headless: true });
}

/** Starts the browser and the host; `stop` ends both. */
export async function start() {
  const hosted = await host();
  const browser = await launch();
  const faces = { "dist/": hosted.url, "dist/pulldoctor.html": pathToFileURL(join(DIST, "pulldoctor.html")).href };
  const newContext = (locale = "en-US") => browser.newContext({ locale });
  return {
    hosted,
    newContext,
    context: await newContext(),
    faces: FACE ? { [FACE]: faces[FACE] } : faces,
    async stop() {
      await browser.close();
      hosted.stop();
    },
  };
}

/** Opens a face in a new tab and waits until it runs. What goes wrong in it is collected in `page.complaints`. */
export async function open(context, url) {
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (error) => page.complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.complaints.push(`console: ${message.text()}`);
  });
  await page.goto(url);
  await page.waitForSelector("html[data-ready] [data-role=paste]");
  return page;
}

/** A case to try, as it is in the page. */
export function example(name) {
  return readFileSync(new URL(`../../crates/web/examples/${name}.txt`, import.meta.url), "utf8");
}

/** Pastes a text as a person would, with the focus wherever it is. */
export async function paste(page, text) {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }, text);
}

/** One file in a ZIP archive (APPNOTE 4.3), as the right-click of a desktop packs it. */
export function zipped(name, text) {
  const [path, plain] = [Buffer.from(name), Buffer.from(text)];
  const packed = deflateRawSync(plain);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(plain), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(plain.length, 18);
  common.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, packed]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), common, Buffer.alloc(14), path]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** Drops files on an element; `files` maps names to texts. */
export async function drop(page, selector, files) {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(given)) data.items.add(new File([text], name));
    return data;
  }, files);
  await page.dispatchEvent(selector, "dragover", { dataTransfer: transfer });
  await page.dispatchEvent(selector, "drop", { dataTransfer: transfer });
}

/** The page as someone first sees it, with a text pasted where one is given. */
export async function fresh(page, url, text) {
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await page.goto(url);
  await page.waitForSelector("html[data-ready] [data-role=paste]");
  if (text === undefined) return;
  await paste(page, text);
  await page.waitForSelector("[data-role=input]");
}

/** What the browser asked the person meanwhile; to ask is answered with no. */
export async function askedDuring(page, work) {
  const asked = [];
  const note = (dialog) => {
    asked.push(dialog.type());
    dialog.dismiss();
  };
  page.on("dialog", note);
  await work();
  page.off("dialog", note);
  return asked;
}

/** The file that a click saves: its name and its text. */
export async function saved(page, selector) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}
