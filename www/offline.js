// The page without a network: a copy of each of its own files, used where the host does not answer.
// It knows nothing of what is pasted: a page sends it nothing, and it asks for nothing but those files.
const NAME = "pulldoctor";
const files = new URL(location).searchParams.getAll("file").map((file) => new URL(file, location).href);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(files)));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const cache = await caches.open(NAME);
    const old = (await cache.keys()).filter(({ url }) => !files.includes(url));
    await Promise.all(old.map((request) => cache.delete(request)));
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { url } = event.request;
  if (!files.includes(url)) return;
  // The host first, so that nobody stays on an old version.
  event.respondWith(fetch(event.request).catch(() => caches.match(url)));
});
