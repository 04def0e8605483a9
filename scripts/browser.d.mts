/** The path of an installed Chromium. Rejects with one sentence if there is none. */
export function findBrowser(): Promise<string>
/** Like findBrowser, but downloads or installs one if there is none. */
export function ensureBrowser(): Promise<string>
