// The scripts that `pulldoctor collect` prints, read by grammars that nobody here wrote: no shell is needed for it.
// PULLDOCTOR names the program; without it, the one of a debug build.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";

const require = createRequire(import.meta.url);
const { Parser, Language } = require("@vscode/tree-sitter-wasm");
const folder = join(dirname(require.resolve("@vscode/tree-sitter-wasm/package.json")), "wasm");
const program = process.env.PULLDOCTOR ?? new URL("../../target/debug/pulldoctor", import.meta.url).pathname;

/** Targets, among them what nobody should type. */
const targets = [
  ["--cluster", "prod", "--task", "0f3a1c5e7b9d4e2fa6c8d0e1f2a3b4c5", "--region", "us-east-1"],
  ["--cluster", "it's \"odd\" $(x) `y` \\", "--service", "\u2018a\u2019 'b' ; } {", "--profile", "a b"],
  ["--task-definition", "app:7"],
];

await Parser.init();
for (const shell of ["bash", "powershell"]) {
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(folder, `tree-sitter-${shell}.wasm`)));
  for (const target of targets) {
    test(`${shell}: ${target.join(" ")}`, () => {
      const script = execFileSync(program, ["collect", "--shell", shell, ...target], { encoding: "utf8" });
      const faults = [];
      const walk = (node) => {
        if (node.isError || node.isMissing) faults.push(`line ${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`);
        else if (node.hasError) node.children.forEach(walk);
      };
      walk(parser.parse(script).rootNode);
      assert.deepEqual(faults, []);
    });
  }
}
