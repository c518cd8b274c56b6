// Reading in WebAssembly next to JSON.parse, in Node and in Chromium.

import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { host, launch } from "./faces.mjs";
import { measure } from "./measure.mjs";

const MODULE = process.env.PULLDOCTOR_BENCH_MODULE;
const SIZES = [0.1, 1, 10, 100];

function show(where, rows) {
  console.log(`\n${where}\n       MB  JSON.parse ms    reading ms      MB/s   ratio  documents`);
  for (const { bytes, parse, read, documents, expected } of rows) {
    const megabytes = bytes / 1e6;
    const cells = [
      megabytes.toFixed(1).padStart(9),
      parse.toFixed(2).padStart(14),
      read.toFixed(2).padStart(13),
      ((megabytes / read) * 1e3).toFixed(0).padStart(9),
      (read / parse).toFixed(2).padStart(7),
    ];
    console.log(`${cells.join(" ")}  ${documents} of ${expected}`);
  }
}

const { initSync, readDocuments } = await import(pathToFileURL(join(MODULE, "pulldoctor.js")).href);
initSync({ module: await readFile(join(MODULE, "pulldoctor_bg.wasm")) });
show(`Node ${process.version}`, measure(readDocuments, SIZES));

await copyFile(new URL("measure.mjs", import.meta.url), join(MODULE, "measure.js"));
const hosted = await host(MODULE);
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(`${hosted.url}pulldoctor.js`);
  const rows = await page.evaluate(async (sizes) => {
    const { default: init, readDocuments } = await import("/some/folder/pulldoctor.js");
    const { measure } = await import("/some/folder/measure.js");
    await init({ module_or_path: "/some/folder/pulldoctor_bg.wasm" });
    return measure(readDocuments, sizes);
  }, SIZES);
  show(`Chromium ${browser.version()}`, rows);
} finally {
  await browser.close();
  hosted.stop();
}
