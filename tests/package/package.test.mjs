// The built npm package, imported by its name as a customer would.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import * as pulldoctor from "pulldoctor";

const manifest = createRequire(import.meta.url)("pulldoctor/package.json");

test("tells the version of its manifest", () => {
  assert.equal(pulldoctor.version(), manifest.version);
});
