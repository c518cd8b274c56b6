// Loads the page, then forbids it every further connection. What was pasted cannot leave even by mistake.
// A file of its own, because the policy allows no inline script.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const here = new URL("./", document.baseURI).href;
const at = (file) => new URL(file, here).href;
const { default: init } = await import(at(js));
await init({ module_or_path: at(wasm) });
const kept = install().catch(() => {});
const policy = document.createElement("meta");
policy.httpEquiv = "Content-Security-Policy";
policy.content = "default-src 'none'; connect-src 'none'; img-src data:; manifest-src data:";
document.head.append(policy);
await kept;
document.documentElement.dataset.ready = "true";

/** Keeps a copy of the page's own files for when there is no network, and lets the page be installed. */
async function install() {
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  const icon = document.querySelector("link[rel=icon]").href;
  const described = {
    name: document.title,
    start_url: here,
    scope: here,
    display: "standalone",
    icons: [{ src: icon, type: "image/svg+xml", sizes: "any" }],
  };
  manifest.href = `data:application/manifest+json,${encodeURIComponent(JSON.stringify(described))}`;
  document.head.append(manifest);
  // Not offered where the host is reached by plain HTTP.
  if (!navigator.serviceWorker) return;
  const styles = Array.from(document.querySelectorAll("link[rel=stylesheet]"), ({ href }) => href);
  const files = [here, at("boot.js"), at(js), at(wasm), ...styles];
  const query = new URLSearchParams(files.map((file) => ["file", file]));
  await navigator.serviceWorker.register(`${at("offline.js")}?${query}`);
  await navigator.serviceWorker.ready;
}
