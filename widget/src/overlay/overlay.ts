// The elements over the page. They are one file, because they keep out of each other's way.
export { banner } from './banner.tsx'
export { close, launcher, open } from './launcher.tsx'
