/** The path of a Chromium that is already here. Rejects with a sentence when there is none. */
export function findBrowser(): Promise<string>
/** Like findBrowser, but downloads or installs one first when there is none. */
export function ensureBrowser(): Promise<string>
