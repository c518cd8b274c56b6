// Loads the page, then forbids it every further connection. What was pasted cannot leave even by mistake.
// A file of its own, because the policy allows no inline script.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const { default: init } = await import(new URL(js, document.baseURI).href);
await init({ module_or_path: new URL(wasm, document.baseURI).href });
const policy = document.createElement("meta");
policy.httpEquiv = "Content-Security-Policy";
policy.content = "default-src 'none'; connect-src 'none'; img-src data:";
document.head.append(policy);
document.documentElement.dataset.ready = "true";
