import { findOnPath } from './firefox.mjs'

/**
 * What WebKitGTK needs to run without a window: its WebDriver (Debian's webkit2gtk-driver), and a display, which is the
 * one there is or GTK's server for browsers (Debian's libgtk-3-bin). null if something is missing.
 */
export function findWebkit() {
  const driver = findOnPath(['WebKitWebDriver'])
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  const display = hasDisplay ? null : findOnPath(['broadwayd'])
  return driver && (hasDisplay || display) ? { driver, display } : null
}
