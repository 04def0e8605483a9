/* Opens the portal without a network: the page and its files. Data is the page's own business, and no answer of the API is kept. */
const shell = 'goodword-portal-1'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== shell).map((name) => caches.delete(name)))
  event.waitUntil(
    caches
      .keys()
      .then(old)
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate' && /^\/portal\/?$/.test(url.pathname)) event.respondWith(page(request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(file(request))
})

/** The newest page there is; the kept one when nobody answers. */
async function page(request) {
  const cache = await caches.open(shell)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put('/portal', answer.clone())
    return answer
  } catch (error) {
    const kept = await cache.match('/portal')
    if (kept) return kept
    throw error
  }
}

/** A file whose name changes with its content is right for ever. */
async function file(request) {
  const cache = await caches.open(shell)
  const kept = await cache.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}
