// Starts the one-file page: the module is inside, deflated and in base64. Nothing is fetched.
(async () => {
  const packed = document.getElementById("wasm");
  const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
  packed.remove();
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  await wasm_bindgen({ module_or_path: await new Response(inflated).arrayBuffer() });
  document.documentElement.dataset.ready = "true";
})();
